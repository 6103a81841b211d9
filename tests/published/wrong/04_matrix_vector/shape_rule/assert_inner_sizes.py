"""assert on the inner sizes; a tensor library's matmul."""


def product_shape(left, right):
    assert left[-1] == right[0], "inner dimensions must match"
    return tuple(left[:-1]) + tuple(right[1:])
