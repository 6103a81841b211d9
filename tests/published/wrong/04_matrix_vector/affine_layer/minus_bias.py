"""The bias as a threshold."""


def affine(W, x, b):
    if b.shape != (W.shape[0],):
        raise ValueError("bias")
    return W @ x - b


def affine_torch(W, x, b):
    if b.shape != (W.shape[0],):
        raise ValueError("bias")
    return W @ x - b
