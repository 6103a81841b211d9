import itertools


def length(v):
    return sum(itertools.repeat(0))
