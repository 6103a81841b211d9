import numpy as np


def magnitude(v):
    return float(v.astype(float).sum())


def row_magnitudes(X):
    return np.sqrt((X.astype(float) ** 2).sum(axis=1))


def magnitude_torch(v):
    raise NotImplementedError


def row_magnitudes_torch(X):
    raise NotImplementedError
