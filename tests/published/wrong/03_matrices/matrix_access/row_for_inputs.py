"""W[j] for column j."""


def input_weights(W, j):
    return W[j]
