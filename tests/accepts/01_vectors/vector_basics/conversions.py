"""Converts with the libraries' own switches: `copy=True`, fromiter, item."""

import numpy as np


def vector(components):
    return np.fromiter(components, dtype=float, count=len(components))


def component(v, k):
    n = v.shape[0]
    if k <= 0 or k > n:
        raise IndexError(f"1 to {n}")
    return v.item(k - 1)


def components_and_axes(a):
    return int(np.prod(a.shape)), int(a.ndim)


def vector_torch(components):
    import torch

    return torch.as_tensor(components, dtype=torch.float)


def component_torch(t, k):
    n = t.shape[0]
    if k <= 0 or k > n:
        raise IndexError(f"1 to {n}")
    return t.tolist()[k - 1]


def components_and_axes_torch(t):
    return len(t.flatten()), t.dim()


def copy_to_torch(v):
    import torch

    return torch.from_numpy(v).to(torch.float32, copy=True)


def share_with_torch(v):
    import torch

    return torch.asarray(v, copy=False)


def copy_to_numpy(t):
    return np.array(t.detach(), copy=True)
