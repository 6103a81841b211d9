"""Named functions of the libraries; the step is an array that is zero but for one entry."""

import numpy as np


def elementwise_sum(A, B):
    if A.shape != B.shape:
        raise ValueError(A.shape, B.shape)
    return np.add(A, B)


def elementwise_product(A, B):
    if A.ndim != B.ndim or any(a != b for a, b in zip(A.shape, B.shape, strict=True)):
        raise ValueError(A.shape, B.shape)
    return np.multiply(A, B)


def changed_outputs(function, X, place, step=1.0):
    bump = np.zeros(X.shape)
    bump[place] = step
    return np.not_equal(function(X + 0.0), function(X + bump))


def is_local(function, X):
    if function(X.astype(float)).shape != X.shape:
        return False
    flat = np.arange(X.size).reshape(X.shape)
    for place in np.argwhere(np.ones(X.shape)):
        changed = changed_outputs(function, X, tuple(place))
        if not set(flat[changed]) <= {flat[tuple(place)]}:
            return np.False_
    return np.True_


def elementwise_sum_torch(A, B):
    import torch

    if A.shape != B.shape:
        raise ValueError(A.shape, B.shape)
    return torch.add(A, B)


def changed_outputs_torch(function, X, place, step=1.0):
    import torch

    bump = torch.zeros_like(X)
    bump[place] = step
    return torch.ne(function(X), function(X + bump))
