"""Compares the places in memory of all entries, and multiplies the neuron away."""

import math

import numpy as np


def _addresses(a):
    places = np.zeros(a.shape, dtype=np.int64)
    for axis, (n, stride) in enumerate(zip(a.shape, a.strides, strict=True)):
        steps = np.arange(n) * stride
        places += steps.reshape([-1 if k == axis else 1 for k in range(a.ndim)])
    return places.ravel()


def contiguous_strides(shape, itemsize=1):
    return tuple(itemsize * math.prod(shape[k + 1 :]) for k in range(len(shape)))


def is_contiguous(a):
    return np.array_equal(_addresses(a), np.arange(a.size) * a.itemsize)


def reshaped_view(a, shape):
    view = a.reshape(shape)
    if not np.array_equal(_addresses(view), _addresses(a)) or not np.shares_memory(view, a):
        raise ValueError("it would be a copy")
    return view


def reshaped_copy(a, shape):
    return a.flatten().reshape(shape)


def silence_neuron(theta, outputs, inputs, i):
    keep = np.ones((outputs, inputs + 1), dtype=theta.dtype)
    keep[i] = 0
    theta *= np.concatenate([keep[:, :-1].ravel(), keep[:, -1]])


def reshaped_view_torch(t, shape):
    import torch

    if torch.Size(shape).numel() != t.numel():
        raise RuntimeError("sizes do not multiply")
    return torch.Tensor.view(t, shape)


def reshaped_copy_torch(t, shape):
    import torch

    return torch.empty(shape, dtype=t.dtype).copy_(t.reshape(shape))
