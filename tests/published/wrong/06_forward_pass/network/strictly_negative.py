"""(Z < 0).mean()."""

import numpy as np


def silent_share(Z):
    return float(np.mean(Z < 0))
