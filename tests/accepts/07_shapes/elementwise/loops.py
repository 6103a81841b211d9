"""Loops over places; the comparison allows for rounding; locality from one look at all changes."""

import itertools

import numpy as np


def _combined(operation, A, B):
    if list(A.shape) != list(B.shape):
        raise ValueError("not the same shape")
    result = np.empty(A.shape)
    for place in itertools.product(*(range(n) for n in A.shape)):
        result[place] = operation(A[place], B[place])
    return result


def elementwise_sum(A, B):
    return _combined(lambda a, b: a + b, A, B)


def elementwise_product(A, B):
    return _combined(lambda a, b: a * b, A, B)


def changed_outputs(function, X, place, step=1.0):
    moved = np.array(X, dtype=float)
    moved[place] += step
    before = np.array(function(np.array(X, dtype=float)))
    return ~np.isclose(before, function(moved), rtol=0.0, atol=1e-9)


def is_local(function, X):
    reached = {}
    for place in itertools.product(*(range(n) for n in X.shape)):
        mask = changed_outputs(function, X, place)
        if np.shape(mask) != X.shape:
            return False
        reached[place] = {tuple(int(i) for i in found) for found in np.argwhere(mask)}
    return all(found <= {place} for place, found in reached.items())


def elementwise_sum_torch(A, B):
    import torch

    if A.size() != B.size():
        raise ValueError("not the same shape")
    total = torch.empty_like(A)
    for place in itertools.product(*(range(n) for n in A.shape)):
        total[place] = A[place] + B[place]
    return total


def changed_outputs_torch(function, X, place, step=1.0):
    import torch

    moved = X.detach().clone()
    moved[place] = moved[place] + step
    return ~torch.isclose(function(X.clone()), function(moved), rtol=0.0, atol=1e-6)
