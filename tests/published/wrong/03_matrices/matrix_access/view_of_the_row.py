"""W[i], which is a view."""


def neuron_weights(W, i):
    return W[i]
