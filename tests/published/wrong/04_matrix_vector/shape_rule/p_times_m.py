"""The product as p by m; a C program's allocation in Python."""


def product_shape(left, right):
    if left[1] != right[0]:
        raise ValueError("inner sizes differ")
    return tuple(right[1:]) + (left[0],)
