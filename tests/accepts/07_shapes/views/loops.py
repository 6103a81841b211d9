"""Walks along the entries and writes one by one."""

import numpy as np


def contiguous_strides(shape, itemsize=1):
    strides = []
    for axis in range(len(shape)):
        step = itemsize
        for n in shape[axis + 1 :]:
            step = step * n
        strides.append(step)
    return tuple(strides)


def is_contiguous(a):
    expected = a.itemsize
    for n, stride in zip(a.shape[::-1], a.strides[::-1], strict=True):
        if n > 1 and stride != expected:
            return False
        expected *= n
    return True


def reshaped_view(a, shape):
    view = a.reshape(shape)
    if not np.may_share_memory(a, view):
        raise ValueError("it would be a copy")
    return view


def reshaped_copy(a, shape):
    result = np.empty(shape, a.dtype)
    if result.size != a.size:
        raise ValueError("sizes do not multiply")
    for k, value in enumerate(a.flat):
        result.flat[k] = value
    return result


def silence_neuron(theta, outputs, inputs, i):
    for j in range(inputs):
        theta[i * inputs + j] = 0
    theta[outputs * inputs + i] = 0
    return theta


def reshaped_view_torch(t, shape):
    view = t.reshape(shape)
    if view.data_ptr() != t.data_ptr():
        raise RuntimeError("it would be a copy")
    return view


def reshaped_copy_torch(t, shape):
    import torch

    return torch.tensor([x.item() for x in t.reshape(-1)], dtype=t.dtype).reshape(shape)
