"""n_in, n_out = W.shape, true where layers compute x @ W."""


def layer_sizes(W):
    n_in, n_out = W.shape
    return n_in, n_out
