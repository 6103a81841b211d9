"""Adds the sizes of the components: the 1-norm from a machine learning helper."""


def magnitude(v):
    total = 0.0
    for x in v:
        total += abs(float(x))
    return total
