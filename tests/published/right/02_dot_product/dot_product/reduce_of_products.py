"""functools.reduce over the products; functional from-scratch code."""

import functools
import operator


def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError("different shapes")
    products = map(operator.mul, a.tolist(), b.tolist())
    return float(functools.reduce(operator.add, products, 0.0))
