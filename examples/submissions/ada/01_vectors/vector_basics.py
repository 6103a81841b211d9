import numpy as np


def vector(components):
    return np.asarray(components).astype(float)


def component(v, k):
    if k < 1:
        raise IndexError("components are counted from 1")
    return float(v[k - 1])


def components_and_axes(a):
    return int(np.prod(a.shape)), len(a.shape)


def vector_torch(components):
    import torch

    return torch.tensor([float(c) for c in components])


def component_torch(t, k):
    if k < 1:
        raise IndexError("components are counted from 1")
    return t[k - 1].item()


def components_and_axes_torch(t):
    return t.numel(), len(t.shape)


def copy_to_torch(v):
    import torch

    return torch.from_numpy(v.copy()).to(torch.float32)


def share_with_torch(v):
    import torch

    return torch.as_tensor(v)


def copy_to_numpy(t):
    return np.array(t.detach())
