"""(n_in, n_out) weights and x @ W, the commonest NumPy layer."""

import numpy as np


class LinearNumpy:
    def __init__(self, in_features, out_features, rng):
        k = 1 / np.sqrt(in_features)
        self.weight = rng.uniform(-k, k, (in_features, out_features))
        self.bias = rng.uniform(-k, k, out_features)

    def forward(self, x):
        return np.dot(x, self.weight) + self.bias

    @classmethod
    def from_torch(cls, layer):
        new = cls(layer.in_features, layer.out_features, np.random.default_rng(0))
        new.weight = layer.weight.detach().numpy().T.copy()
        bias = layer.bias
        new.bias = np.zeros(layer.out_features) if bias is None else bias.detach().numpy().copy()
        return new
