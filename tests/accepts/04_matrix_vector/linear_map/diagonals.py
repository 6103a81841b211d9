"""Products of simpler maps, the determinant beside the entries, diagonals added up."""

import math

import numpy as np


def rotation(angle):
    return math.cos(angle) * np.eye(2) + math.sin(angle) * np.array([[0.0, -1.0], [1.0, 0.0]])


def shear(k):
    matrix = np.identity(2)
    matrix[0, 1] = k
    return matrix


def stretch(direction, factor):
    turn = rotation(math.atan2(direction[1], direction[0]))
    return turn @ np.diag([factor, 1.0]) @ turn.T


def matrix_of(f, n):
    return np.stack([np.asarray(f(row), dtype=float) for row in np.identity(n)], axis=-1)


def is_linear(f, n, trials=20):
    rng = np.random.default_rng()
    for _ in range(trials):
        u, v = rng.uniform(-3, 3, n), rng.uniform(-3, 3, n)
        c = rng.uniform(-3, 3)
        adds = np.abs(f(u + v) - f(u) - f(v)).max() < 1e-9
        scales = np.abs(f(c * u) - c * f(u)).max() < 1e-9
        if not (adds and scales):
            return False
    return True


def image(A):
    largest = np.abs(A).max()
    if largest == 0:
        return "point"
    (a, b), (c, d) = (A / largest).tolist()
    return "line" if math.isclose(a * d, b * c, rel_tol=1e-9, abs_tol=1e-12) else "plane"


def convolution_matrix(kernel, n, flip=True):
    places = n - len(kernel) + 1
    taps = np.flip(kernel) if flip else kernel
    return sum(tap * np.eye(places, n, k=j) for j, tap in enumerate(taps))


def rotation_torch(angle):
    import torch

    c, s = angle.cos(), angle.sin()
    return torch.eye(2, dtype=angle.dtype) * c + torch.tensor([[0.0, -1.0], [1.0, 0.0]]) * s
