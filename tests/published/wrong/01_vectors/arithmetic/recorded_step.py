"""The update outside no_grad, with a new name; a question about .grad being None."""

import torch


def gradient_step_torch(w, gradient, learning_rate):
    w_new = torch.sub(w, gradient, alpha=learning_rate)
    return w_new
