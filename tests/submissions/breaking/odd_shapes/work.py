import numpy as np


def length(v):
    return np.zeros((0, 1 << 40))


def apply(W, x):
    return np.zeros((1,) * 40)


def ordered(values):
    return np.arange(8.0).reshape(2, 2, 2)[::-1, ::-1, ::-1].T


def refuse(v):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 22, 2), (0, 0))


def twice_torch(x):
    return np.asfortranarray(np.zeros((3, 4)))[:, ::2].astype(">f4")
