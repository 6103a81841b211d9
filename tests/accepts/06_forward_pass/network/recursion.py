"""The chain as nested calls: what is left of the network runs on what the first layer made."""

import numpy as np


def layer_sizes(layers):
    (W, b), *rest = layers
    if b.ndim != 1 or len(b) != W.shape[0]:
        raise ValueError("one bias for each neuron")
    if not rest:
        return [W.shape[1], W.shape[0]]
    behind = layer_sizes(rest)
    if behind[0] != W.shape[0]:
        raise ValueError("these two do not fit")
    return [W.shape[1], *behind]


def parameter_count(layers):
    if not layers:
        return 0
    (W, _), *rest = layers
    return W.shape[0] * (W.shape[1] + 1) + parameter_count(rest)


def forward(layers, X):
    layer_sizes(layers)
    (W, b), *rest = layers
    Z = X @ W.T + b
    return forward(rest, np.where(Z > 0, Z, 0.0)) if rest else Z


def collapse(first, second):
    def both(x):
        return second[0] @ (first[0] @ x + first[1]) + second[1]

    n = first[0].shape[1]
    b = both(np.zeros(n))
    return np.stack([both(e) - b for e in np.eye(n)], axis=1), b


def silent_share(Z):
    return 1 - np.count_nonzero(Z > 0) / Z.size


def forward_torch(layers, X):
    (W, b), *rest = layers
    Z = X @ W.T + b
    return forward_torch(rest, Z.relu()) if rest else Z
