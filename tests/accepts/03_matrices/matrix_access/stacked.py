"""Stacks vectors, and indexes with functions and methods instead of brackets."""

import numpy as np


def matrix(rows):
    return np.stack([np.array(row, dtype=float) for row in rows])


def layer_sizes(weights):
    outputs = [W.shape[0] for W in weights]
    inputs = [W.shape[-1] for W in weights]
    if outputs[:-1] != inputs[1:]:
        raise ValueError(f"{outputs} do not meet {inputs}")
    return inputs[:1] + outputs


def count_parameters(weights):
    return int(np.sum([np.prod(W.shape) + W.shape[0] for W in weights]))


def weight(W, i, j):
    return W.item(i, j)


def neuron_weights(W, i):
    return np.take(W, i, axis=0)


def input_weights(W, j):
    return W[..., j]


def weight_torch(W, i, j):
    return float(W[i][j])
