"""W[:, i] for neuron i."""

import numpy as np


def neuron_trace(x, W, b, i):
    terms = x * W[:, i]
    s = np.sum(terms)
    z = s + b[i]
    return {"terms": terms, "weighted_sum": s, "z": z, "a": np.maximum(z, 0.0)}
