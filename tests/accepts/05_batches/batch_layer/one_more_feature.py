"""The bias as the weight of one more feature that is always 1; sequences as one long batch."""

import numpy as np


def make_batch(samples):
    return np.concatenate([sample[None, :] for sample in samples], axis=0)


def only_sample(X, i):
    return np.take(X, [i], axis=0)


def layer(X, W, b):
    flat = X.reshape(-1, X.shape[-1])
    ones = np.ones((len(flat), 1))
    Z = np.hstack([flat, ones]) @ np.hstack([W, b[:, None]]).T
    return Z.reshape(*X.shape[:-1], len(b))


def layer_torch(X, W, b):
    import torch

    flat = X.reshape(-1, X.shape[-1])
    Z = torch.addmm(b, flat, W.t())
    return Z.reshape(*X.shape[:-1], b.numel())
