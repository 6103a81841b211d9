"""Adds the bias inside the loop over the inputs; a class Neuron."""


def pre_activation(w, x, b=0.0):
    total = 0.0
    for wi, xi in zip(w, x):
        total += wi * xi + b
    return float(total)
