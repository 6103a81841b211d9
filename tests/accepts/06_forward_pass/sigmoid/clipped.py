"""Clips the exponent, in 64 bits, where no answer can change any more."""

import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z.astype(np.float64), -500, 500)))


def sigmoid_gradient(z):
    e = np.exp(-np.abs(z.astype(np.float64)))
    return e / (1 + e) ** 2


def sigmoid_torch(z):
    return 1 / (1 + z.negative().clamp(-80, 80).exp())
