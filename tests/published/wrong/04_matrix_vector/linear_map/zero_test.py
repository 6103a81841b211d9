"""f(0) == 0 as the whole test."""

import numpy as np


def is_linear(f, n, trials=20):
    return bool(np.allclose(f(np.zeros(n)), 0.0))
