"""X.data at the start of forward."""

import torch.nn.functional as F


def forward_torch(layers, X):
    A = X.data
    for W, b in layers[:-1]:
        A = F.relu(F.linear(A, W, b))
    W, b = layers[-1]
    return F.linear(A, W, b)
