"""X[i]."""


def only_sample(X, i):
    return X[i]
