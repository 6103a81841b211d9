"""w -= ..., the line of every training loop, on the caller's array."""


def gradient_step(w, gradient, learning_rate):
    w -= learning_rate * gradient
    return w
