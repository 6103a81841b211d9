"""The bias as one more column of a single array, which properties take apart."""

import numpy as np


class LinearNumpy:
    def __init__(self, in_features, out_features, rng):
        draws = 2 * rng.random((out_features, in_features + 1)) - 1
        self._all = draws / in_features**0.5

    @property
    def weight(self):
        return self._all[:, :-1]

    @weight.setter
    def weight(self, W):
        self._all[:, :-1] = W

    @property
    def bias(self):
        return self._all[:, -1]

    @bias.setter
    def bias(self, b):
        self._all[:, -1] = b

    def forward(self, x):
        ones = np.ones((*x.shape[:-1], 1))
        return np.concatenate([x, ones], axis=-1) @ self._all.T

    @staticmethod
    def from_torch(layer):
        out_features, in_features = layer.weight.shape
        new = LinearNumpy(in_features, out_features, np.random.default_rng(1))
        new.weight = layer.weight.detach().numpy()
        new.bias = 0.0 if layer.bias is None else layer.bias.detach().numpy()
        return new
