"""x @ W.T + b after the check, F.linear in PyTorch."""

import numpy as np
import torch.nn.functional as F


def affine(W, x, b):
    if np.shape(b) != (len(W),):
        raise ValueError("one bias for each neuron")
    return x @ W.T + b

def affine_torch(W, x, b):
    if b.dim() != 1 or b.numel() != W.size(0):
        raise ValueError("one bias for each neuron")
    return F.linear(x, W, b)
