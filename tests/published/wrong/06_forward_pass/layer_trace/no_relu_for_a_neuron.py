"""a is z."""


def neuron_trace(x, W, b, i):
    terms = W[i] * x
    total = float(terms.sum())
    z = total + float(b[i])
    return {"terms": terms, "weighted_sum": total, "z": z, "a": z}
