"""Unpacks both shapes and compares by name; a checker."""


def product_shape(left, right):
    (m, n), (k, *rest) = left, right
    if n != k:
        raise ValueError(f"{n} columns meet {k} rows")
    return (m, *rest)

def clash(left, right):
    (_, n), (k, *_) = left, right
    if n != k:
        return (n, k)
