"""Starts the sum at the bias; a class Neuron."""


def pre_activation(w, x, b=0.0):
    total = float(b)
    for i in range(len(x)):
        total += float(w[i]) * float(x[i])
    return total
