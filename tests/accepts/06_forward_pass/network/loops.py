"""One sample after another, one neuron after another."""

from itertools import pairwise

import numpy as np


def layer_sizes(layers):
    sizes = []
    for k in range(len(layers)):
        W, b = layers[k]
        if k == 0:
            sizes.append(W.shape[1])
        elif layers[k - 1][0].shape[0] != W.shape[1]:
            raise ValueError(f"layer {k} does not fit")
        if tuple(b.shape) != (W.shape[0],):
            raise ValueError(f"the bias of layer {k} does not fit")
        sizes.append(W.shape[0])
    return sizes


def parameter_count(layers):
    sizes = layer_sizes(layers)
    total = 0
    for n, m in pairwise(sizes):
        total += n * m + m
    return total


def forward(layers, X):
    if layer_sizes(layers)[0] != X.shape[-1]:
        raise ValueError("the samples do not fit")
    answers = []
    for x in X:
        for k, (W, b) in enumerate(layers):
            x = np.array([sum(W[i] * x) + b[i] for i in range(len(W))])
            if k < len(layers) - 1:
                x = np.maximum(0, x)
        answers.append(x)
    return np.array(answers)


def collapse(first, second):
    W1, b1 = first
    W2, b2 = second
    W = np.zeros((W2.shape[0], W1.shape[1]))
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            W[i, j] = sum(W2[i, k] * W1[k, j] for k in range(len(W1)))
    b = np.array([sum(W2[i] * b1) + b2[i] for i in range(len(b2))])
    return W, b


def silent_share(Z):
    silent = 0
    for row in Z:
        for z in row:
            if z <= 0:
                silent += 1
    return silent / (len(Z) * len(Z[0]))


def forward_torch(layers, X):
    import torch

    for k, (W, b) in enumerate(layers):
        X = torch.nn.functional.linear(X, W, b)
        if k + 1 < len(layers):
            X = torch.nn.functional.relu(X)
    return X
