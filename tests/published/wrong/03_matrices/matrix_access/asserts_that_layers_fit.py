"""assert between neighbouring layers; a small network library."""


def layer_sizes(weights):
    sizes = [weights[0].shape[1]]
    for W in weights:
        assert W.shape[1] == sizes[-1], "layer sizes do not match"
        sizes.append(W.shape[0])
    return sizes
