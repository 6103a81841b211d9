"""Strides in entries."""


def contiguous_strides(shape, itemsize=1):
    out, step = [], 1
    for n in reversed(shape):
        out.append(step)
        step *= n
    return tuple(reversed(out))
