"""One row of n + 1 numbers for each neuron, bias last; another layout."""


def silence_neuron(theta, outputs, inputs, i):
    start = i * (inputs + 1)
    theta[start : start + inputs + 1] = 0.0
