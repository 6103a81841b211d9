"""Asks the libraries: flags, strides of an empty array, and addresses."""

import numpy as np


def contiguous_strides(shape, itemsize=1):
    return np.empty(shape, dtype=np.dtype((np.void, itemsize))).strides


def is_contiguous(a):
    return a.flags.c_contiguous


def reshaped_view(a, shape):
    view = np.reshape(a, shape)
    if view.__array_interface__["data"][0] != a.__array_interface__["data"][0]:
        raise ValueError("it would be a copy")
    return view


def reshaped_copy(a, shape):
    return np.array(a).reshape(shape)


def silence_neuron(theta, outputs, inputs, i):
    W, b = np.split(theta, [outputs * inputs])
    W.reshape(outputs, inputs)[i].fill(0)
    b[i : i + 1].fill(0)


def reshaped_view_torch(t, shape):
    return t.view(*shape)


def reshaped_copy_torch(t, shape):
    import torch

    return torch.clone(t).reshape(shape)
