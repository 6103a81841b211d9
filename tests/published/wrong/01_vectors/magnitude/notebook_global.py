"""Reads the vector of the cell above instead of its argument; a notebook."""

import numpy as np


def magnitude(v):
    squares = vec.astype(float) ** 2  # noqa: F821
    return float(np.sqrt(squares.sum()))
