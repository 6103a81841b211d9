import numpy as np


def number():
    return [np.zeros(0) for _ in range(20_000)]


def vector():
    return [[[]] * 100] * 2_000


def tensor_torch():
    return None
