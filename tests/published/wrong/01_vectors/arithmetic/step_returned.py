"""-rate * gradient, without w."""


def gradient_step(w, gradient, learning_rate):
    return -learning_rate * gradient
