"""A chain of affine maps."""


def _fits(layers, X):
    n = X.shape[-1]
    for W, b in layers:
        if W.shape[1] != n or b.shape != (W.shape[0],):
            raise ValueError("layers do not fit")
        n = W.shape[0]


def forward(layers, X):
    _fits(layers, X)
    for W, b in layers:
        X = X @ W.T + b
    return X


def forward_torch(layers, X):
    for W, b in layers:
        X = X @ W.T + b
    return X
