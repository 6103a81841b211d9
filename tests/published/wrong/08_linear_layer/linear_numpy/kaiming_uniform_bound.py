"""sqrt(6 / n_in), the bound of Kaiming's uniform numbers."""

import numpy as np


class LinearNumpy:
    def __init__(self, in_features, out_features, rng):
        bound = np.sqrt(6 / in_features)
        self.weight = rng.uniform(-bound, bound, size=(out_features, in_features))
        self.bias = rng.uniform(-1 / np.sqrt(in_features), 1 / np.sqrt(in_features), out_features)

    def forward(self, x):
        return x @ self.weight.T + self.bias

    @classmethod
    def from_torch(cls, layer):
        new = cls(layer.in_features, layer.out_features, np.random.default_rng(0))
        new.weight = layer.weight.detach().numpy().copy()
        new.bias = np.zeros(layer.out_features)
        if layer.bias is not None:
            new.bias = layer.bias.detach().numpy().copy()
        return new
