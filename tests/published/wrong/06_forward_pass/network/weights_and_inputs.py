"""m * n + n."""


def parameter_count(layers):
    return int(sum(W.shape[0] * W.shape[1] + W.shape[1] for W, b in layers))
