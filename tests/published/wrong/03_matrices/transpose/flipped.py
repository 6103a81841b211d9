"""np.flip(W, 0): upside down."""


def transpose(W):
    if W.ndim == 1:
        return W
    return W[::-1]
