"""(left[0], right[1]): made for two matrices, an IndexError for a vector."""


def product_shape(left, right):
    if left[1] != right[0]:
        raise ValueError("inner sizes differ")
    return (left[0], right[1])
