"""Shares first and then clones; lets take and negative indices do the counting."""

import numpy as np


def vector(components):
    return np.asarray(components).astype(float)


def component(v, k):
    if k < 1:
        raise IndexError("components count from 1")
    return np.take(v, k - 1)


def components_and_axes(a):
    return (a.ravel().shape[0], np.ndim(a))


def vector_torch(components):
    import torch

    return torch.FloatTensor(components)


def component_torch(t, k):
    if k < 1:
        raise IndexError("components count from 1")
    return float(t[k - 1])


def components_and_axes_torch(t):
    return (t.nelement(), t.ndim)


def copy_to_torch(v):
    import torch

    return torch.from_numpy(v).float().clone()


def share_with_torch(v):
    import torch

    return torch.from_dlpack(v)


def copy_to_numpy(t):
    return t.detach().clone().numpy()
