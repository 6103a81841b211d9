"""Inference code under no_grad, used in training."""

import torch


def layer_torch(X, W, b):
    with torch.no_grad():
        return torch.matmul(X, W.t()) + b
