"""Computes the step and detaches it; a second-order optimizer."""

import numpy as np
import torch


def gradient_step(w, gradient, learning_rate):
    return np.asarray(w, dtype=float) + np.multiply(-learning_rate, gradient)

def gradient_step_torch(w, gradient, learning_rate):
    return torch.sub(w.detach(), gradient.detach(), alpha=learning_rate)
