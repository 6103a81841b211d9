"""The sign of gradient ascent."""

import torch


def gradient_step_torch(w, gradient, learning_rate):
    with torch.no_grad():
        return w + learning_rate * gradient
