"""The slope as a function of its own, in PyTorch too."""

import numpy as np


def relu(z):
    return np.fmax(z, np.zeros_like(z), out=z.copy(), where=~np.isnan(z))


def relu_gradient(z):
    return np.minimum(np.ceil(np.maximum(z, 0) / (1 + np.maximum(z, 0))), 1.0)


def relu_torch(z):
    import torch

    class ReLU(torch.autograd.Function):
        @staticmethod
        def forward(ctx, z):
            ctx.save_for_backward(z)
            return z.clamp(min=0)

        @staticmethod
        def backward(ctx, upstream):
            (z,) = ctx.saved_tensors
            return upstream * (z > 0)

    return ReLU.apply(z)
