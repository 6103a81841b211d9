import numpy as np


def add(a, b):
    a, b = np.array(a, float), np.array(b, float)
    if a.shape != b.shape:
        raise ValueError
    return a + b


def error(prediction, target):
    return target.astype(float) - prediction


def gradient_step(w, gradient, learning_rate):
    w -= learning_rate * gradient
    return w
