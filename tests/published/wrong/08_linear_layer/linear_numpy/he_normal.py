"""Normal numbers times sqrt(2 / n_in), He's rule."""

import numpy as np


class LinearNumpy:
    def __init__(self, in_features, out_features, rng):
        scale = np.sqrt(2.0 / in_features)
        self.weight = rng.standard_normal((out_features, in_features)) * scale
        self.bias = rng.standard_normal(out_features) * scale

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
