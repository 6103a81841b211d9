"""reshape to the swapped sizes; question after question."""


def transpose(W):
    if W.ndim == 1:
        return W
    m, n = W.shape
    return W.reshape(n, m)
