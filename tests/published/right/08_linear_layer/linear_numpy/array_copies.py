"""np.array around the detached tensors copies; an instance made with a fresh generator."""

import numpy as np


class LinearNumpy:
    def __init__(self, in_features, out_features, rng):
        bound = in_features**-0.5
        self.in_features, self.out_features = in_features, out_features
        self.weight = rng.uniform(-bound, bound, (out_features, in_features))
        self.bias = rng.uniform(-bound, bound, (out_features,))

    def forward(self, x):
        return np.matmul(x, np.transpose(self.weight)) + self.bias

    @classmethod
    def from_torch(cls, layer):
        new = cls(layer.in_features, layer.out_features, np.random.default_rng())
        new.weight = np.array(layer.weight.detach())
        new.bias = np.zeros(len(new.weight))
        if layer.bias is not None:
            new.bias = np.array(layer.bias.detach())
        return new
