"""Checks that k is not too large and forgets that it may be too small; a matrix class."""


def component(v, k):
    if k > len(v):
        raise IndexError("there are only %d components" % len(v))
    return float(v[k - 1])
