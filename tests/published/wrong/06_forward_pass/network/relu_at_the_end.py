"""ReLU after every layer."""

import torch


def forward_torch(layers, X):
    for W, b in layers:
        X = torch.relu(X @ W.T + b)
    return X
