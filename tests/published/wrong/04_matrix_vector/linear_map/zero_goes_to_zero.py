"""f(0) = 0 as the whole test; lecture notes, first line."""

import numpy as np


def is_linear(f, n, trials=20):
    origin = np.zeros(n)
    return bool(np.all(np.abs(f(origin)) < 1e-9))
