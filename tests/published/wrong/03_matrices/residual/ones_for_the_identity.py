"""W + 1."""


def residual_matrix(W):
    if W.ndim != 2 or W.shape[0] != W.shape[1]:
        raise ValueError("not square")
    return W + 1.0
