"""v[None, :], the axis on the wrong side."""

import numpy as np


def column(v):
    return v[np.newaxis, :]
