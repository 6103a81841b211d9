import numpy as np


def number():
    return np.broadcast_to(0.0, (1 << 23, 1))


def vector():
    return np.broadcast_to(np.int8(0), (1 << 23, 1))


def tensor_torch():
    import torch

    return torch.zeros(1).expand(1 << 24, 1)
