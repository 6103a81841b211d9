"""The sum of the row."""


def pre_activation(W, x, i):
    return float(W[i].sum())
