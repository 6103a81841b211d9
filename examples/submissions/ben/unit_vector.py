import numpy as np


def unit_vector(v):
    return v / np.linalg.norm(v)


def unit_rows(X):
    return X / np.linalg.norm(X, axis=1)


def unit_vector_torch(v):
    raise NotImplementedError


def unit_rows_torch(X):
    raise NotImplementedError
