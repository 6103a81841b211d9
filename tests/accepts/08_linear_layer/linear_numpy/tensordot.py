"""tensordot, a plain function behind the method, deep copies."""

import copy

import numpy as np


def affine(W, x, b):
    return np.add(np.tensordot(x, W, axes=([-1], [1])), b)


class LinearNumpy:
    def __init__(self, in_features, out_features, rng):
        k = np.reciprocal(np.sqrt(float(in_features)))
        self.weight, self.bias = np.empty((out_features, in_features)), np.empty(out_features)
        for array in (self.weight, self.bias):
            array[...] = rng.uniform(-k, k, array.shape)

    def forward(self, x):
        return affine(self.weight, x, self.bias)

    @classmethod
    def from_torch(cls, layer):
        twin = copy.deepcopy(layer).requires_grad_(False)
        new = cls(twin.in_features, twin.out_features, np.random.default_rng())
        new.weight = twin.weight.numpy()
        new.bias = np.zeros(twin.out_features) if twin.bias is None else twin.bias.numpy()
        return new
