"""np.array(...) around the slice: a copy is silenced."""

import numpy as np


def silence_neuron(theta, outputs, inputs, i):
    W = np.array(theta[: outputs * inputs]).reshape(outputs, inputs)
    b = np.array(theta[outputs * inputs :])
    W[i, :] = 0
    b[i] = 0
