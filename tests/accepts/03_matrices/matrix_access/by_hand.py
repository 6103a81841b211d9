"""Buffers filled row by row, sizes collected in loops; views by other names."""

import numpy as np


def matrix(rows):
    if len({len(row) for row in rows}) != 1:
        raise ValueError("rows of different lengths")
    W = np.empty((len(rows), len(rows[0])))
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            W[i, j] = x
    return W


def layer_sizes(weights):
    for k in range(len(weights) - 1):
        if len(weights[k]) != len(weights[k + 1][0]):
            raise ValueError("layers do not fit")
    return (len(weights[0][0]), *map(len, weights))


def count_parameters(weights):
    total = 0
    for W in weights:
        for _neuron in W:
            total += len(W[0]) + 1
    return total


def weight(W, i, j):
    return W.tolist()[i][j]


def neuron_weights(W, i):
    return np.array([W[i, j] for j in range(W.shape[1])], dtype=W.dtype)


def input_weights(W, j):
    return W.T[j]


def weight_torch(W, i, j):
    return W.tolist()[i][j]
