"""Every matrix from the images of the basis vectors; linear means: equal to that matrix."""

import cmath

import numpy as np


def rotation(angle):
    turn = cmath.exp(1j * angle)
    return matrix_of(lambda p: np.array([(c := turn * complex(*p)).real, c.imag]), 2)


def shear(k):
    return matrix_of(lambda p: np.array([p[0] + k * p[1], p[1]]), 2)


def stretch(direction, factor):
    unit = direction / np.linalg.norm(direction)
    return matrix_of(lambda p: p + (factor - 1) * np.dot(p, unit) * unit, 2)


def matrix_of(f, n):
    columns = []
    for j in range(n):
        e = np.zeros(n)
        e[j] = 1.0
        columns.append(f(e))
    return np.array(columns).T


def is_linear(f, n, trials=20):
    A = matrix_of(f, n)
    points = np.random.uniform(-5, 5, size=(trials, n))
    return all(np.allclose(f(x), A @ x) for x in points)


def image(A):
    values = np.linalg.svd(A, compute_uv=False)
    if values[0] == 0:
        return "point"
    return "line" if values[1] <= 1e-12 * values[0] else "plane"


def convolution_matrix(kernel, n, flip=True):
    mode = np.convolve if flip else np.correlate
    return matrix_of(lambda x: mode(x, kernel, "valid"), n)


def rotation_torch(angle):
    import torch

    east = torch.stack([torch.cos(angle), torch.sin(angle)])
    north = torch.stack([-torch.sin(angle), torch.cos(angle)])
    return torch.column_stack([east, north])
