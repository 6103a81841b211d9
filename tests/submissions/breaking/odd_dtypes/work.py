import numpy as np


def length(v):
    return np.array([13.0, None, print], dtype=object)


def apply(W, x):
    record = np.dtype([("value", "f8"), ("code", "O")])
    return np.zeros(3, record)


def ordered(values):
    return np.array(["2027-01-01"], "M8[D]")


def refuse(v):
    return np.array(["7.5"])


def twice_torch(x):
    import torch

    return torch.quantize_per_tensor(2 * x, 0.1, 0, torch.qint8)
