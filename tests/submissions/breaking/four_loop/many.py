def total(v):
    while True:
        pass


def mean(v):
    while True:
        pass


def largest(v):
    while True:
        pass


def smallest(v):
    while True:
        pass


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
