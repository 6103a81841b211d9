"""W[i - 1, j - 1], as in the formula."""


def weight(W, i, j):
    if not (1 <= i <= W.shape[0] and 1 <= j <= W.shape[1]):
        raise IndexError((i, j))
    return float(W[i - 1, j - 1])
