"""Strides in elements, a tensor library's own; bytes forgotten."""


def contiguous_strides(shape, itemsize=1):
    strides = [1] * len(shape)
    for k in range(len(shape) - 2, -1, -1):
        strides[k] = strides[k + 1] * shape[k + 1]
    return tuple(strides)
