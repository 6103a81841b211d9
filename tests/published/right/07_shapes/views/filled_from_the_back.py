"""Fills the strides from the last axis to the first."""


def contiguous_strides(shape, itemsize=1):
    strides = [itemsize] * len(shape)
    for k in range(len(shape) - 2, -1, -1):
        strides[k] = strides[k + 1] * shape[k + 1]
    return tuple(strides)

def is_contiguous(a):
    return bool(a.flags["C_CONTIGUOUS"])
