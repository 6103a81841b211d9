import sys

sys.setrecursionlimit(1_000_000)

import below


def first(v, w):
    return below.product(v, w)


second = third = fourth = fifth = sixth = first
