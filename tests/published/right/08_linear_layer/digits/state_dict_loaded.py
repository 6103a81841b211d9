"""load_state_dict with the names of a Sequential; sum over size for the accuracy."""

import numpy as np
import torch
from torch import nn


def model_torch(W1, b1, W2, b2):
    model = nn.Sequential(nn.Linear(*W1.T.shape), nn.ReLU(), nn.Linear(*W2.T.shape)).double()
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    arrays = (W1, b1, W2, b2)
    model.load_state_dict({k: torch.from_numpy(a) for k, a in zip(names, arrays)})
    return model

def accuracy(predictions, labels):
    if np.shape(predictions) != np.shape(labels):
        raise ValueError("as many predictions as labels")
    return float(np.sum(predictions == labels) / len(labels))
