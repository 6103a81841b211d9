"""The textbook formula in PyTorch, written out for practice."""

import torch


def sigmoid_torch(z):
    return 1 / (1 + torch.exp(-z))
