"""Compares neighbours in pairs and then lists the sizes; a model loader."""

import itertools


def layer_sizes(weights):
    for first, second in itertools.pairwise(weights):
        if first.shape[0] != second.shape[1]:
            raise ValueError(f"{first.shape[0]} outputs, {second.shape[1]} inputs")
    return [weights[0].shape[1]] + [len(W) for W in weights]
