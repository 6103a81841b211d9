"""w.data -= ..., the update of older tutorials."""


def gradient_step_torch(w, gradient, learning_rate):
    w.data -= learning_rate * gradient
    return w.data
