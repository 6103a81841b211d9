import numpy as np


def length(v):
    return np.zeros((0,))


def apply(W, x):
    return np.zeros((4, 0))


def ordered(values):
    return []
