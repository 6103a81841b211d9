"""Loops over samples, neurons and inputs."""

import numpy as np


def layer_trace(X, W, b):
    samples, neurons = len(X), len(W)
    trace = {key: np.zeros((samples, neurons)) for key in ("A", "Z", "product")}
    for s in range(samples):
        for i in range(neurons):
            one = neuron_trace(X[s], W, b, i)
            trace["product"][s, i] = one["weighted_sum"]
            trace["Z"][s, i] = one["z"]
            trace["A"][s, i] = one["a"]
    return trace


def neuron_trace(x, W, b, i):
    terms = []
    total = 0.0
    for j in range(len(x)):
        terms.append(W[i, j] * x[j])
        total += terms[-1]
    z = total + b[i]
    a = z if z > 0 else 0
    return {"terms": np.array(terms), "weighted_sum": total, "z": z, "a": a}


def layer_trace_torch(X, W, b):
    import torch

    product = torch.stack([torch.stack([(x * w).sum() for w in W]) for x in X])
    Z = torch.stack([row + b for row in product])
    return {"product": product, "Z": Z, "A": torch.where(Z > 0, Z, torch.zeros_like(Z))}
