"""einsum in NumPy; F.linear twice and clamp in PyTorch."""

import numpy as np


def layer_trace(X, W, b):
    trace = {}
    trace["product"] = np.einsum("sj,ij->si", X, W)
    trace["Z"] = np.add(trace["product"], np.broadcast_to(b, trace["product"].shape))
    trace["A"] = np.where(trace["Z"] < 0, 0.0, trace["Z"])
    return trace


def neuron_trace(x, W, b, i):
    terms = np.multiply(W[i, :], x)
    z = np.dot(W[i], x) + b[i]
    return dict(terms=terms, weighted_sum=np.sum(terms), z=z, a=np.maximum(z, 0))


def layer_trace_torch(X, W, b):
    from torch.nn import functional

    product, Z = functional.linear(X, W), functional.linear(X, W, b)
    return {"product": product, "Z": Z, "A": Z.clamp(min=0)}
