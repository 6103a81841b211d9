"""Samples in columns inside, and weights through a state_dict."""

import numpy as np


def features(images):
    flat = np.stack([image.ravel() for image in images]).astype(np.float32)
    return flat * np.float32(0.0625)


def logits(X, W1, b1, W2, b2):
    Z = W1 @ X.T + b1[:, None]
    A = np.where(Z > 0, Z, 0)
    return (W2 @ A + b2.reshape(-1, 1)).T


def predict(images, W1, b1, W2, b2):
    scores = logits(features(images), W1, b1, W2, b2)
    return np.argsort(scores, axis=-1)[:, -1]


def accuracy(predictions, labels):
    if predictions.shape != labels.shape:
        raise ValueError
    return np.count_nonzero(predictions == labels) / labels.size


def model_torch(W1, b1, W2, b2):
    import torch

    hidden, inputs = W1.shape
    model = torch.nn.Sequential(
        torch.nn.Linear(inputs, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, b2.size)
    ).to(torch.float64)
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    state = {name: torch.tensor(a) for name, a in zip(names, (W1, b1, W2, b2), strict=True)}
    model.load_state_dict(state)
    return model
