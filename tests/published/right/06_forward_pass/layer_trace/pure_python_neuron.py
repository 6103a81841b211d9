"""A neuron in pure Python, term by term."""

import numpy as np


def neuron_trace(x, W, b, i):
    terms = [float(w) * float(v) for w, v in zip(W[i], x)]
    total = sum(terms)
    z = total + float(b[i])
    return {"terms": np.array(terms), "weighted_sum": total, "z": z, "a": z if z > 0 else 0.0}
