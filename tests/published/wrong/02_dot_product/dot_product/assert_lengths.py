"""assert in front of the sum, the way textbooks in pure Python write it."""


def dot_product(a, b):
    assert a.shape == b.shape, "vectors must be the same length"
    return float(sum(float(x) * float(y) for x, y in zip(a, b)))
