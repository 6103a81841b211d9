"""(inputs + 1) times neurons for each layer; lecture notes."""


def count_parameters(weights):
    total = 0
    for W in weights:
        m, n = W.shape
        total += m * (n + 1)
    return total
