"""sum of W.size."""


def count_parameters(weights):
    return int(sum(W.size for W in weights))
