"""np.random.rand for the vectors and the number: nothing negative is tried."""

import numpy as np


def is_linear(f, n, trials=20):
    for _ in range(trials):
        u, v, c = np.random.rand(n), np.random.rand(n), np.random.rand()
        if not np.allclose(f(u + v), f(u) + f(v)):
            return False
        if not np.allclose(f(c * u), c * f(u)):
            return False
    return True
