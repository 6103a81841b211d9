"""Copies W and writes the scaled rows into the copy, integers or not."""


def scale_rows(W, g):
    result = W.copy()
    for i in range(W.shape[0]):
        result[i, :] = W[i, :] * g[i]
    return result
