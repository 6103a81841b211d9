"""np.prod of the known sizes, in 64 bits."""

import numpy as np


def solve_shape(size, shape):
    if shape.count(-1) > 1:
        raise ValueError("only one unknown")
    known = int(np.prod([n for n in shape if n != -1], dtype=np.int64))
    if known == 0 or size % known or (-1 not in shape and size != known):
        raise ValueError("does not fit")
    return tuple(size // known if n == -1 else n for n in shape)
