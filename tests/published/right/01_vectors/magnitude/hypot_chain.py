"""One leg after the other, the hypotenuse so far being the next leg; a geometry text."""

import functools
import math


def magnitude(v):
    def longer(so_far, x):
        return math.sqrt(so_far * so_far + float(x) * float(x))

    return functools.reduce(longer, v, 0.0)
