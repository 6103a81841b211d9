"""np.sqrt(np.sum(v) ** 2): the brackets one place too far right."""

import numpy as np


def magnitude(v):
    return float(np.sqrt(np.sum(v.astype(float)) ** 2))
