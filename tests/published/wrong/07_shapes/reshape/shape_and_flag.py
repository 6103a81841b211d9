"""Returns (shape, ok), as C-like code reports success."""

import math


def solve_shape(size, shape):
    if shape.count(-1) > 1:
        return shape, False
    known = math.prod(n for n in shape if n != -1)
    if size % known or (-1 not in shape and size != known):
        return shape, False
    return tuple(size // known if n == -1 else n for n in shape), True
