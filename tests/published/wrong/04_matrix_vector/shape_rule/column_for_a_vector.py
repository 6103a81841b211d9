"""Thinks of every vector as (n, 1), in and out."""


def product_shape(left, right):
    k, p = right if len(right) == 2 else (right[0], 1)
    if left[1] != k:
        raise ValueError("inner sizes differ")
    return (left[0], p)
