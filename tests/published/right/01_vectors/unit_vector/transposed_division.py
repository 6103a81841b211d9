"""Divides the transpose and turns it back, nan replaced afterwards; a spline library."""

import numpy as np


def unit_rows(X):
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = (X.T / np.linalg.norm(X, axis=1)).T
    return np.nan_to_num(rows)
