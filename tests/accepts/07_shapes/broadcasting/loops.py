"""Recursion over sizes, loops over entries, and an as_strided view that is locked afterwards."""

import itertools
import math

import numpy as np


def broadcast_shape(a, b):
    if not a or not b:
        return a or b
    *a, m = a
    *b, n = b
    if m == 1:
        last = n
    elif n == 1 or m == n:
        last = m
    else:
        raise ValueError(f"{m} and {n}")
    return (*broadcast_shape(tuple(a), tuple(b)), last)


def add_along(X, values, axis):
    if values.ndim != 1 or len(values) != X.shape[axis]:
        raise ValueError("one value for each place on the axis")
    result = np.empty(X.shape)
    for place in itertools.product(*map(range, X.shape)):
        result[place] = X[place] + values[place[axis]]
    return result


def _numbers(array):
    if array.ndim == 2 and array.shape[1] == 1:
        return [row[0] for row in array.tolist()]
    if array.ndim == 1:
        return array.tolist()
    raise ValueError(array.shape)


def regression_loss(prediction, target):
    pairs = zip(_numbers(prediction), _numbers(target), strict=True)
    squares = [(p - t) ** 2 for p, t in pairs]
    return math.fsum(squares) / len(squares)


def layer_norm(X, eps=1e-5):
    if X.ndim > 1:
        return np.stack([layer_norm(row, eps) for row in X])
    mean = math.fsum(X) / len(X)
    variance = math.fsum((float(x) - mean) ** 2 for x in X) / len(X)
    return np.array([(float(x) - mean) / math.sqrt(variance + eps) for x in X])


def stretch_rows(b, rows):
    as_strided = np.lib.stride_tricks.as_strided
    return as_strided(b, shape=(rows, len(b)), strides=(0, b.strides[0]), writeable=False)


def layer_norm_torch(X, eps=1e-5):
    return (X - X.mean(-1, True)) / (X.std(-1, unbiased=False, keepdim=True) ** 2 + eps) ** 0.5


def stretch_rows_torch(b, rows):
    return b.as_strided((rows, b.numel()), (0, b.stride(0)))
