"""Divides first, and turns the nan of 0 / 0 into 0 afterwards."""

import numpy as np


def unit_vector(v):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(v / np.sqrt(np.dot(v * 1.0, v)))


def unit_rows(X):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num((X.T / np.linalg.norm(X, axis=1)).T)


def unit_vector_torch(v):
    return (v / v.square().sum().sqrt()).nan_to_num(nan=0.0)


def unit_rows_torch(X):
    return (X / X.square().sum(1)[:, None].sqrt()).nan_to_num(nan=0.0)
