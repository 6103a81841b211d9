"""size // known, the rest unseen; a toy tensor's reshape."""

import math


def solve_shape(size, shape):
    sizes = list(shape)
    if sizes.count(-1) > 1:
        raise ValueError("can only specify one unknown dimension")
    if -1 in sizes:
        known = math.prod(n for n in sizes if n != -1)
        sizes[sizes.index(-1)] = size // known
    elif math.prod(sizes) != size:
        raise ValueError("cannot reshape")
    return tuple(sizes)
