import sys


def length(v):
    sys.setrecursionlimit(1 << 30)
    return length(v)


class Bottomless:
    def __eq__(self, other):
        return [self] == [other]


def apply(W, x):
    sys.setrecursionlimit(1 << 30)
    return Bottomless() == Bottomless()
