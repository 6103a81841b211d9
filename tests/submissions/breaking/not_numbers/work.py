import numpy as np

NAN, INF = float("nan"), float("inf")


def length(v):
    return complex(NAN, -INF)


def apply(W, x):
    return np.array([NAN, INF, -INF])


def ordered(values):
    return [NAN, -0.0, INF]


def refuse(v):
    return np.float16(NAN)


def twice_torch(x):
    return 2 * x / 0
