"""Nested lists, formulas written out, and the convolution by its indices."""

import random
from math import cos, sin

import numpy as np


def rotation(angle):
    return np.array([[cos(angle), cos(angle + np.pi / 2)], [sin(angle), sin(angle + np.pi / 2)]])


def shear(k):
    return np.array([[1, k], [0, 1]], dtype=np.float64)


def stretch(direction, factor):
    x, y = (float(c) for c in direction)
    s = (factor - 1) / (x * x + y * y)
    return np.array([[1 + s * x * x, s * x * y], [s * x * y, 1 + s * y * y]])


def matrix_of(f, n):
    images = [f(np.array([float(i == j) for i in range(n)])) for j in range(n)]
    return np.array([[float(image[i]) for image in images] for i in range(len(images[0]))])


def is_linear(f, n, trials=20):
    for _ in range(5 * trials):
        u = np.array([random.gauss(0, 1) for _ in range(n)])
        v = np.array([random.gauss(0, 1) for _ in range(n)])
        if not np.isclose(f(u - 2.5 * v), f(u) - 2.5 * f(v)).all():
            return np.False_
    return np.True_


def image(A):
    rank = int(np.linalg.matrix_rank(A))
    return {0: "point", 1: "line"}.get(rank, "plane")


def convolution_matrix(kernel, n, flip=True):
    k = len(kernel)

    def entry(i, j):
        tap = (k - 1 - (j - i)) if flip else j - i
        return float(kernel[tap]) if 0 <= j - i < k else 0.0

    return np.array([[entry(i, j) for j in range(n)] for i in range(n - k + 1)])


def rotation_torch(angle):
    import torch

    turn = torch.zeros(2, 2, dtype=angle.dtype)
    turn[0, 0] = turn[1, 1] = torch.cos(angle)
    turn[1, 0] = torch.sin(angle)
    turn[0, 1] = torch.sin(-angle)
    return turn
