"""A new array divided in place, by a length that is never below a tiny number."""

import numpy as np

TINY = 1e-30


def unit_vector(v):
    u = v.astype(np.float64)
    u /= max(np.linalg.norm(u), TINY)
    return u


def unit_rows(X):
    U = np.array(X, dtype=np.float64)
    U /= np.maximum(np.linalg.norm(U, axis=1), TINY).reshape(-1, 1)
    return U


def unit_vector_torch(v):
    import torch

    u = v.clone()
    u /= torch.linalg.norm(u).clamp(min=TINY)
    return u


def unit_rows_torch(X):
    import torch

    lengths = torch.linalg.norm(X, dim=1).clamp_min(TINY)
    return torch.diag(1 / lengths) @ X
