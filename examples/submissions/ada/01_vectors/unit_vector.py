import numpy as np

from magnitude import magnitude, row_magnitudes


def unit_vector(v):
    length = magnitude(v)
    if length == 0:
        return np.zeros(len(v))
    return v / length


def unit_rows(X):
    lengths = row_magnitudes(X)
    lengths[lengths == 0] = 1
    return X / lengths[:, None]


def unit_vector_torch(v):
    import torch

    return torch.nn.functional.normalize(v, dim=0)


def unit_rows_torch(X):
    import torch

    return torch.nn.functional.normalize(X, dim=1)
