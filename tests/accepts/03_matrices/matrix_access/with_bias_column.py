"""Counts parameters as a matrix with one more column; scalars stay NumPy's own."""

import itertools

import numpy as np


def matrix(rows):
    n = len(rows[0])
    for row in rows:
        if len(row) != n:
            raise ValueError("ragged")
    flat = np.fromiter(itertools.chain.from_iterable(rows), dtype=np.float64)
    return flat.reshape(len(rows), n)


def layer_sizes(weights):
    sizes = list(weights[-1].shape)
    for W in reversed(weights[:-1]):
        if W.shape[0] != sizes[-1]:
            raise ValueError("do not fit")
        sizes.append(W.shape[1])
    return sizes[::-1]


def count_parameters(weights):
    sizes = layer_sizes(weights)
    return sum((n + 1) * m for n, m in itertools.pairwise(sizes))


def weight(W, i, j):
    return W[i][j]


def neuron_weights(W, i):
    return np.array(W[i, :])


def input_weights(W, j):
    return np.squeeze(W[:, j : j + 1], axis=1)


def weight_torch(W, i, j):
    return W.numpy()[i, j].item()
