"""torch.relu in a loop over all layers."""

import torch.nn.functional as F


def forward_torch(layers, X):
    for W, b in layers:
        X = F.relu(F.linear(X, W, b))
    return X
