"""a = 1 if z > 0 else 0, a perceptron's output."""

import numpy as np


def neuron_trace(x, W, b, i):
    terms = x * W[i]
    s = float(np.sum(terms))
    z = s + float(b[i])
    return {"terms": terms, "weighted_sum": s, "z": z, "a": 1.0 if z > 0 else 0.0}
