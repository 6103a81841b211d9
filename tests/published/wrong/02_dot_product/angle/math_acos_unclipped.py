"""math.acos of the quotient, which raises where rounding pushed it past 1."""

import math

import numpy as np


def angle(a, b):
    length = math.sqrt(np.vdot(a, a)) * math.sqrt(np.vdot(b, b))
    if length == 0:
        raise ValueError("zero vector")
    return math.acos(np.vdot(a, b) / length)
