"""assert W.shape[1] == previous, in a constructor."""


def layer_sizes(layers):
    sizes = [layers[0][0].shape[1]]
    for W, b in layers:
        assert W.shape[1] == sizes[-1]
        assert b.shape == (W.shape[0],)
        sizes.append(W.shape[0])
    return sizes
