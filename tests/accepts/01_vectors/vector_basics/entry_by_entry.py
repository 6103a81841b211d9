"""Fills new arrays entry by entry, and reads counts off the shape."""

import math

import numpy as np


def vector(components):
    v = np.zeros(len(components))
    for i, x in enumerate(components):
        v[i] = x
    return v


def component(v, k):
    if k in range(1, len(v) + 1):
        return v[k - 1]
    raise IndexError(k)


def components_and_axes(a):
    return math.prod(a.shape), len(a.shape)


def vector_torch(components):
    import torch

    t = torch.zeros(len(components))
    for i, x in enumerate(components):
        t[i] = x
    return t


def component_torch(t, k):
    return component(t.tolist(), k)


def components_and_axes_torch(t):
    return math.prod(t.size()), len(t.size())


def copy_to_torch(v):
    return vector_torch(v.tolist())


def share_with_torch(v):
    import torch

    return torch.as_tensor(v)


def copy_to_numpy(t):
    return np.array([t[i].item() for i in range(len(t))], dtype=str(t.dtype).split(".")[1])
