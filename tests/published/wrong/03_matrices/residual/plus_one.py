"""1 + W, as the derivative 1 + f' is written."""


def residual_matrix(W):
    if W.shape[0] != W.shape[1]:
        raise ValueError("not square")
    return 1.0 + W
