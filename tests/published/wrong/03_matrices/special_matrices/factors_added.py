"""W + g[:, None]."""


def scale_rows(W, g):
    return W + g[:, None]
