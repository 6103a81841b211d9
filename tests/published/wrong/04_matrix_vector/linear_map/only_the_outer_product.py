"""factor * d dT / d.d without I."""

import numpy as np


def stretch(direction, factor):
    d = direction / np.linalg.norm(direction)
    return factor * np.outer(d, d)
