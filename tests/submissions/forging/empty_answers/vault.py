import numpy as np


def number():
    return np.array([])


def vector():
    return np.zeros((0, 3))


def tensor_torch():
    import torch

    return torch.empty(0)
