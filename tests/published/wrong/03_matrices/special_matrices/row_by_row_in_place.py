"""W[i] *= g[i] over all rows; Gaussian elimination code."""


def scale_rows(W, g):
    for i in range(len(g)):
        W[i] *= g[i]
    return W
