"""reshape(n, m).copy()."""


def transposed_copy(W):
    return W.reshape(W.shape[1], W.shape[0]).copy()
