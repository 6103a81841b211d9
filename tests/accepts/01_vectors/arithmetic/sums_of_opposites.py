"""Everything is a sum: subtraction adds the opposite; copies are changed in place."""

import numpy as np


def add(a, b):
    try:
        pair = np.stack([np.asarray(a, float), np.asarray(b, float)])
    except ValueError as fault:
        raise ValueError("stack needs equal shapes") from fault
    return pair.sum(axis=0)


def error(prediction, target):
    return add(prediction, -target.astype(float))


def gradient_step(w, gradient, learning_rate):
    new = w.astype(float)
    new += -learning_rate * gradient
    return new


def add_torch(a, b):
    if a.shape == b.shape:
        return a + b
    raise ValueError("equal shapes, please")


def error_torch(prediction, target):
    return add_torch(prediction, -target)


def gradient_step_torch(w, gradient, learning_rate):
    new = w.detach().clone()
    new -= learning_rate * gradient
    return new
