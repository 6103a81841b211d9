"""einsum for the product, float32 for the numbers, and an optional generator."""

import numpy as np


class LinearNumpy:
    weight: np.ndarray
    bias: np.ndarray

    def __init__(self, in_features, out_features, rng=None):
        if rng is not None:
            k = in_features**-0.5
            self.bias = rng.uniform(-k, k, out_features)
            self.weight = rng.uniform(low=-k, high=k, size=in_features * out_features)
            self.weight = self.weight.reshape(out_features, in_features)

    def __call__(self, x):
        return np.einsum("oi,...i->...o", self.weight, x) + self.bias

    def forward(self, x):
        if x.shape[-1] != self.weight.shape[1]:  # einsum stretches an axis of size 1
            raise ValueError(f"expected {self.weight.shape[1]} inputs")
        return self(x)

    @classmethod
    def from_torch(cls, layer):
        layer_state = {name: tensor.cpu().numpy() for name, tensor in layer.state_dict().items()}
        new = cls(layer.in_features, layer.out_features)
        new.weight = np.array(layer_state["weight"], dtype=float)
        new.bias = np.array(layer_state.get("bias", np.zeros(layer.out_features)), dtype=float)
        return new
