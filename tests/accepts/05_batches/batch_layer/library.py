"""np.inner, and the layer's own function in PyTorch."""

import numpy as np


def make_batch(samples):
    return np.vstack(samples)


def only_sample(X, i):
    return X[i].reshape(1, -1)


def layer(X, W, b):
    return np.add(np.inner(X, W), b)


def layer_torch(X, W, b):
    from torch.nn import functional

    return functional.linear(X, W, b)
