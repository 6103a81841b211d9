"""Loops: neuron by neuron for one sample, and recursion over the axes in front."""

import numpy as np


def make_batch(samples):
    batch = np.empty((len(samples), len(samples[0])))
    for i, sample in enumerate(samples):
        if len(sample) != batch.shape[1]:
            raise ValueError("the samples have different numbers of features")
        batch[i] = sample
    return batch


def only_sample(X, i):
    return np.array([X[i]])


def layer(X, W, b):
    if X.ndim > 1:
        return np.array([layer(x, W, b) for x in X])
    if len(X) != W.shape[1]:
        raise ValueError("one feature for each weight")
    out = []
    for weights, bias in zip(W, b, strict=True):
        z = float(bias)
        for w, x in zip(weights, X, strict=True):
            z += float(w) * float(x)
        out.append(z)
    return np.array(out)


def layer_torch(X, W, b):
    import torch

    if X.dim() == 1:
        return torch.mv(W, X) + b
    return torch.stack([layer_torch(x, W, b) for x in X])
