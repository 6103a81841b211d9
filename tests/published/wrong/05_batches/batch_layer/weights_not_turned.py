"""X @ W + b."""


def layer(X, W, b):
    if X.shape[-1] != W.shape[1]:
        raise ValueError("features")
    return X @ W + b
