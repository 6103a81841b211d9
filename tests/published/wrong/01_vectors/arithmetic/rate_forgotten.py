"""w - gradient, as in the first line of a lecture."""


def gradient_step(w, gradient, learning_rate):
    return w - gradient
