"""The bias as one more column of W, on an input that is always 1; vectors on the left."""

import numpy as np


def affine(W, x, b):
    if b.ndim != 1 or b.size != W.shape[0]:
        raise ValueError("one bias for each neuron")
    return np.column_stack([W, b]) @ np.append(x, 1)


def fires(W, x, b):
    return np.sign(W @ x + b) == 1


def boundary(w, b):
    length = np.hypot.reduce(w)
    if length == 0.0:
        raise ValueError("the zero vector has no direction")
    return np.divide(-b, length)


def input_gradient(W, g):
    return g @ W


def affine_torch(W, x, b):
    import torch

    if b.dim() != 1 or len(b) != len(W):
        raise ValueError("one bias for each neuron")
    return torch.addmv(b, W, x)
