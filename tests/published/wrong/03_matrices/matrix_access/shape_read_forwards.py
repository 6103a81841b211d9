"""Reads (inputs, outputs), as code with x @ W stores its weights."""


def layer_sizes(weights):
    sizes = [weights[0].shape[0]]
    for W in weights:
        if W.shape[0] != sizes[-1]:
            raise ValueError("layers do not fit")
        sizes.append(W.shape[1])
    return sizes
