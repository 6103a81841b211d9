"""Accumulates the product from the left, which is column order."""


def contiguous_strides(shape, itemsize=1):
    strides = [itemsize]
    for n in shape[:-1]:
        strides.append(strides[-1] * n)
    return tuple(strides[: len(shape)])
