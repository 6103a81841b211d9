"""Returns (size, strides), two results of one loop; a tensor class in progress."""


def contiguous_strides(shape, itemsize=1):
    step, strides = itemsize, [0] * len(shape)
    for k in range(len(shape), 0, -1):
        strides[k - 1] = step
        step *= shape[k - 1]
    return step, tuple(strides)
