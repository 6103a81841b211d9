"""Unpacks x, y and z, from a class for points in space."""

import math


def magnitude(v):
    x, y, z = (float(c) for c in v)
    return math.sqrt(x * x + y * y + z * z)
