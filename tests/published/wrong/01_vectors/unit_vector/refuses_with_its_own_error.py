"""Raises ZeroDivisionError for the zero vector; a typed utilities module."""

import numpy as np


def unit_vector(v):
    length = np.linalg.norm(v)
    if length == 0:
        raise ZeroDivisionError("the norm is zero")
    return v / length
