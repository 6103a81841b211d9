import time


def total(v):
    until = time.perf_counter() + 0.6
    while time.perf_counter() < until:
        pass
    return float(v.sum())


def mean(v):
    return float(v.mean())


def largest(v):
    return float(v.max())


def smallest(v):
    return float(v.min())


def spread(v):
    return float(v.max() - v.min())


def first(v):
    return float(v[0])


def scaled(v, c):
    return c * v


def turned(v):
    return v[::-1].copy()


def dot(v, w):
    return float(v @ w)
