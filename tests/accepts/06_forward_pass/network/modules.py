"""Samples as columns and a reduce in NumPy; nn.Sequential in PyTorch."""

from functools import reduce
from itertools import pairwise

import numpy as np


def _checked(layers):
    for (W, _), (V, _) in pairwise(layers):
        if len(W) != len(V.T):
            raise ValueError("layers do not fit")
    if any(b.shape != W[:, 0].shape for W, b in layers):
        raise ValueError("a bias does not fit")
    return layers


def layer_sizes(layers):
    weights = [W for W, _ in _checked(layers)]
    return [weights[0].shape[1]] + [W.shape[0] for W in weights]


def parameter_count(layers):
    return int(sum(array.size for pair in layers for array in pair))


def forward(layers, X):
    def step(a, layer):
        W, b = layer
        return W @ a.clip(min=0) + b[:, np.newaxis]

    (W, b), *rest = _checked(layers)
    return reduce(step, rest, W @ X.T + b[:, np.newaxis]).T


def collapse(first, second):
    def square(W, b):
        bottom = np.append(np.zeros(W.shape[1]), 1.0)
        return np.vstack([np.column_stack([W, b]), bottom])

    both = square(*second) @ square(*first)
    return both[:-1, :-1], both[:-1, -1]


def silent_share(Z):
    return np.mean(np.maximum(Z, 0) == 0)


def forward_torch(layers, X):
    import torch

    steps = []
    for W, b in layers:
        linear = torch.nn.Linear(W.shape[1], W.shape[0], dtype=W.dtype)
        with torch.no_grad():
            linear.weight.copy_(W)
            linear.bias.copy_(b)
        steps += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*steps[:-1])(X)
