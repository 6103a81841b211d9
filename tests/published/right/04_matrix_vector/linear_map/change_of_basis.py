"""Turns the direction to the first axis, scales, and turns back."""

import numpy as np


def stretch(direction, factor):
    u = np.asarray(direction, dtype=float) / np.linalg.norm(direction)
    P = np.array([[u[0], -u[1]], [u[1], u[0]]])
    return P @ np.diag([factor, 1.0]) @ P.T
