"""The math module, one number after another."""

import math

import numpy as np


def _one(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def sigmoid(z):
    return np.array([_one(float(x)) for x in z.flat]).reshape(z.shape)


def sigmoid_gradient(z):
    return np.array([_one(float(x)) * _one(-float(x)) for x in z.flat]).reshape(z.shape)


def sigmoid_torch(z):
    import torch

    return torch.nn.Sigmoid()(z)
