"""x[j] * W[j], with rows taken for columns."""


def contribution(W, x, j):
    return x[j] * W[j]
