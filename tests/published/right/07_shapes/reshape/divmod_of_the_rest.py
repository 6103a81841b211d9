"""math.prod and divmod in whole numbers."""

import math


def solve_shape(size, shape):
    unknown = [k for k, n in enumerate(shape) if n == -1]
    if len(unknown) > 1:
        raise ValueError("can only specify one unknown dimension")
    rest, left_over = divmod(size, math.prod(n for n in shape if n != -1))
    if left_over or (not unknown and rest != 1):
        raise ValueError(f"cannot reshape {size} into {shape}")
    return tuple(rest if k in unknown else n for k, n in enumerate(shape))
