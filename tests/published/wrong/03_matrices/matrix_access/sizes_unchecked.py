"""Collects the sizes and compares nothing; a summary function."""


def layer_sizes(weights):
    sizes = [int(weights[0].shape[1])]
    sizes.extend(int(W.shape[0]) for W in weights)
    return sizes
