"""Prints and returns None where the shapes differ; a first linear algebra package."""

import numpy as np


def add(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.shape != b.shape:
        print("cannot add these")
        return None
    return a + b
