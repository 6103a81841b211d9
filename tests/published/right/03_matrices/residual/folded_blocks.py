"""functools.reduce over the blocks; functional style."""

import functools


def residual_stack(blocks, x):
    return functools.reduce(lambda h, f: residual(f, h), blocks, x)
