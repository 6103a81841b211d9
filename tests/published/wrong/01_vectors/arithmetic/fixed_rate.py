"""A learning rate written into the function; an optimizer class."""


def gradient_step(w, gradient, learning_rate):
    lr = 0.01
    return w - lr * gradient
