"""Computes in float64 throughout, and remembers the first output as a copy."""

import numpy as np


def elementwise_sum(A, B):
    if np.shape(A) != np.shape(B):
        raise ValueError("shapes differ")
    return np.sum([A, B], axis=0, dtype=np.float64)


def elementwise_product(A, B):
    if np.shape(A) != np.shape(B):
        raise ValueError("shapes differ")
    return np.einsum("...,...->...", A, B, dtype=np.float64)


def changed_outputs(function, X, place, step=1.0):
    work = X.astype(np.longdouble)
    before = np.copy(function(work))
    work[place] += step
    return abs(function(work) - before) > 0


def is_local(function, X):
    for k in range(X.size):
        place = np.unravel_index(k, X.shape)
        changed = changed_outputs(function, X, place)
        if changed.shape != X.shape or np.delete(changed.ravel(), k).any():
            return False
    return True


def elementwise_sum_torch(A, B):
    import torch

    if tuple(A.shape) != tuple(B.shape):
        raise ValueError("shapes differ")
    return torch.sum(torch.stack([A.double(), B.double()]), dim=0)


def changed_outputs_torch(function, X, place, step=1.0):
    work = X.clone()
    before = function(work).clone()
    work[place] += step
    return (function(work) - before).abs() > 0
