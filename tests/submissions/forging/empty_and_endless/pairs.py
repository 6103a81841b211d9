import numpy as np


def size():
    return 10**14


def table(n):
    return []


def column(n):
    return np.empty((0, 1))


def start():
    return np.ones((2, 2, 2))


def onward(v):
    return np.empty((0, 1, 1, 1))
