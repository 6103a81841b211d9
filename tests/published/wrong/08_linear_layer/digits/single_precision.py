"""torch.tensor(W, dtype=torch.float32), the layers' default."""

import torch
from torch import nn


def model_torch(W1, b1, W2, b2):
    model = nn.Sequential(
        nn.Linear(W1.shape[1], W1.shape[0]), nn.ReLU(), nn.Linear(W2.shape[1], W2.shape[0])
    )
    arrays = (W1, b1, W2, b2)
    with torch.no_grad():
        for p, array in zip(model.parameters(), arrays):
            p.copy_(torch.tensor(array, dtype=torch.float32))
    return model
