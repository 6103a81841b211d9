"""One bias for each layer; a genetic algorithm's genome length."""


def count_parameters(weights):
    total = 0
    for W in weights:
        rows, columns = W.shape
        total += rows * columns + 1
    return total
