"""Copies first, and subtracts in place from what may be integers."""


def gradient_step(w, gradient, learning_rate):
    new = w.copy()
    new -= learning_rate * gradient
    return new
