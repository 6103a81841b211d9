import numpy as np


class Everywhere(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return True

    def __array_finalize__(self, other):
        pass

    def __eq__(self, other):
        return np.True_


def number():
    return np.array(0.0).view(Everywhere)


def vector():
    return np.zeros(3).view(Everywhere)


def tensor_torch():
    import torch

    class Everything(torch.Tensor):
        @classmethod
        def __torch_function__(cls, func, types, args=(), kwargs=None):
            return True

    return torch.zeros(2).as_subclass(Everything)
