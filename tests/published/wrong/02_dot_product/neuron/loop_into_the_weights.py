"""weights[i] += ... over all i; the training step of a Neuron class."""


def update(w, x, eta):
    for i in range(len(w)):
        w[i] += eta * x[i]
    return w
