"""X[:i] for X[i:i+1]."""


def only_sample(X, i):
    return X[: i + 1]
