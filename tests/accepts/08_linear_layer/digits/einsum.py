"""einsum, clip, and a model class of its own that inherits from nn.Sequential."""

import numpy as np


def features(images):
    return np.true_divide(images, 16.0).reshape((-1, 8 * 8))


def logits(X, W1, b1, W2, b2):
    hidden = (np.einsum("ni,hi->nh", X, W1) + b1).clip(min=0)
    return np.einsum("nh,oh->no", hidden, W2) + b2


def predict(images, W1, b1, W2, b2):
    y = logits(features(images), W1, b1, W2, b2)
    best = np.zeros(len(y), dtype=np.uint8)
    for digit in range(1, y.shape[1]):
        better = y[:, digit] > y[np.arange(len(y)), best]
        best[better] = digit
    return best


def accuracy(predictions, labels):
    if predictions.shape != labels.shape:
        raise ValueError("shapes")
    return 1 - np.mean(predictions != labels)


def model_torch(W1, b1, W2, b2):
    import torch
    from torch import nn

    class Classifier(nn.Sequential):
        def __init__(self):
            super().__init__(nn.LazyLinear(len(W1)), nn.ReLU(), nn.LazyLinear(len(W2)))
            self.double()(torch.zeros(1, W1.shape[1], dtype=torch.float64))

    model = Classifier()
    with torch.no_grad():
        for p, a in zip(model.parameters(), (W1, b1, W2, b2), strict=True):
            p.set_(torch.from_numpy(a.copy()))
    return model
