"""Two loops that set everything off the diagonal to 0, in the caller's array."""


def keep_diagonal(W):
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            if i != j:
                W[i, j] = 0.0
    return W
