"""X += bias.reshape(...), a convolution layer's forward."""


def add_along(X, values, axis):
    if values.shape != (X.shape[axis],):
        raise ValueError("one value for each place")
    shape = [1 for _ in X.shape]
    shape[axis] = -1
    X += values.reshape(shape)
    return X
