""".size() compared in PyTorch, enumerate in the test for locality."""

import numpy as np
import torch


def elementwise_sum_torch(A, B):
    if A.size() != B.size():
        raise ValueError("shapes must agree")
    return torch.add(A, B)

def is_local(function, X):
    base = X.astype(float)
    for place, _ in np.ndenumerate(base):
        moved = base.copy()
        moved[place] += 1.0
        one, other = np.array(function(base.copy())), np.array(function(moved))
        if one.shape != base.shape:
            return False
        elsewhere = np.ones(base.shape, dtype=bool)
        elsewhere[place] = False
        if (one != other)[elsewhere].any():
            return False
    return True
