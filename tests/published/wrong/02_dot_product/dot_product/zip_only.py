"""sum over zip, without a look at the lengths; many a helper module."""


def dot_product(a, b):
    return float(sum(float(x) * float(y) for x, y in zip(a, b)))
