"""np.add after a comparison of np.shape, torch.add likewise."""

import numpy as np
import torch


def residual(f, x):
    out = f(x)
    if np.shape(out) != np.shape(x):
        raise ValueError("the block must keep the shape")
    return np.add(out, x)

def residual_torch(f, x):
    out = f(x)
    if out.size() != x.size():
        raise ValueError("the block must keep the shape")
    return torch.add(out, x)
