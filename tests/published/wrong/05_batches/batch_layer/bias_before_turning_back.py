"""(W @ X.T + b).T, the bias along the samples."""


def layer(X, W, b):
    Z = W @ X.T + b
    return Z.T
