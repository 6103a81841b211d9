"""theta[i] = 0."""


def silence_neuron(theta, outputs, inputs, i):
    theta[i * inputs] = 0.0
    theta[outputs * inputs + i] = 0.0
