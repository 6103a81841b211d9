"""W @ g."""


def input_gradient(W, g):
    return W @ g
