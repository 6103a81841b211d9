"""Returns the list that it filled from the back."""


def contiguous_strides(shape, itemsize=1):
    strides = [itemsize] * len(shape)
    for k in reversed(range(len(shape) - 1)):
        strides[k] = strides[k + 1] * shape[k + 1]
    return strides
