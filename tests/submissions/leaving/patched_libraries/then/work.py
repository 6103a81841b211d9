import numpy as np


def length(v):
    return float(np.sqrt((v * v).sum()))


def apply(W, x):
    return np.array([np.sum(row * x) for row in W])


def ordered(values):
    return sorted(values)


def refuse(v):
    if not len(v):
        raise ValueError("no component")
    return float(v[0])


def twice_torch(x):
    return 2 * x
