"""Takes W[:, i], because W was stored as (inputs, neurons) elsewhere."""


def pre_activation(W, x, i):
    weights = W[:, i]
    return float(sum(w * v for w, v in zip(weights, x)))
