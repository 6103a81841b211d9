import math

import numpy as np


def magnitude(v):
    total = 0.0
    for x in v:
        total += float(x) ** 2
    return math.sqrt(total)


def row_magnitudes(X):
    return np.array([magnitude(row) for row in X])


def magnitude_torch(v):
    squares = v.double() ** 2 if not v.is_floating_point() else v**2
    return squares.sum() ** 0.5


def row_magnitudes_torch(X):
    squares = X.double() ** 2 if not X.is_floating_point() else X**2
    return squares.sum(dim=-1) ** 0.5
