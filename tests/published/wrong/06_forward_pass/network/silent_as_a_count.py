"""np.sum(Z <= 0)."""

import numpy as np


def silent_share(Z):
    return float(np.sum(Z <= 0))
