"""A threshold that is subtracted; a history of the perceptron."""


def pre_activation(w, x, b=0.0):
    return float(sum(wi * xi for wi, xi in zip(w, x)) - b)
