"""Returns a whole number of units; a drawing program."""

import math


def magnitude(v):
    return int(math.sqrt(sum(float(x) ** 2 for x in v)))
