import numpy as np


def length(v):
    v[:] = 1e300
    return float("nan")


def apply(W, x):
    return W.T @ W
