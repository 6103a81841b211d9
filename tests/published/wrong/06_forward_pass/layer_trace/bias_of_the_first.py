"""b[0] for b[i]."""


def neuron_trace(x, W, b, i):
    terms = W[i] * x
    total = float(terms.sum())
    z = total + float(b[0])
    return {"terms": terms, "weighted_sum": total, "z": z, "a": max(0.0, z)}
