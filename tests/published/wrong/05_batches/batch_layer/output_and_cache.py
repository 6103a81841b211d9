"""Returns (Z, cache) for the way back; an online course's linear_forward."""


def layer(X, W, b):
    if X.shape[-1] != W.shape[1]:
        raise ValueError("features do not agree")
    Z = X @ W.T + b
    cache = (X, W, b)
    return Z, cache
