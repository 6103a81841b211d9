"""np.dot, np.linalg.norm, einsum and F.linear."""

import numpy as np


def affine(W, x, b):
    if b.shape != (W.shape[0],):
        raise ValueError(f"{b.shape} is not ({W.shape[0]},)")
    return np.add(np.dot(W, x), b)


def fires(W, x, b):
    return np.greater(np.dot(W, x) + b, 0)


def boundary(w, b):
    if np.allclose(w, 0.0, rtol=0.0, atol=0.0):
        raise ValueError("w is zero")
    return np.negative(b) / np.linalg.norm(w)


def input_gradient(W, g):
    return np.einsum("ij,i->j", W, g)


def affine_torch(W, x, b):
    import torch.nn.functional as functional

    if b.shape != W.shape[:1]:
        raise ValueError("one bias for each neuron")
    return functional.linear(x, W, b)
