"""Tests multiples only."""

import numpy as np


def is_linear(f, n, trials=20):
    rng = np.random.default_rng(7)
    for _ in range(trials):
        x, c = rng.standard_normal(n), rng.standard_normal()
        if not np.allclose(f(c * x), c * np.asarray(f(x))):
            return False
    return True
