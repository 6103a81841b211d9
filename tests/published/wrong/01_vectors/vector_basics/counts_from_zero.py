"""v[k], programmers count from zero."""


def component(v, k):
    if k < 0 or k >= len(v):
        raise IndexError(k)
    return float(v[k])
