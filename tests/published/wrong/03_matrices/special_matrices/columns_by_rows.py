"""g[:, None] * W for columns."""


def scale_columns(W, g):
    return W * g.reshape(-1, 1)
