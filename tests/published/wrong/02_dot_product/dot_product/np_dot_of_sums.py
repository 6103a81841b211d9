"""sum(a) * sum(b)."""

import numpy as np


def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    return float(np.sum(a.astype(float)) * np.sum(b.astype(float)))
