"""Fortran order."""


def contiguous_strides(shape, itemsize=1):
    out, step = [], itemsize
    for n in shape:
        out.append(step)
        step *= n
    return tuple(out)
