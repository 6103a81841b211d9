"""[W.shape[0] for W in weights]."""


def layer_sizes(weights):
    for a, b in zip(weights, weights[1:]):
        if b.shape[1] != a.shape[0]:
            raise ValueError("layers")
    return [W.shape[0] for W in weights]
