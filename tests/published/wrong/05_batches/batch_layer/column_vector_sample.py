"""X[i].reshape(-1, 1), for code with samples in columns."""


def only_sample(X, i):
    return X[i].reshape(-1, 1)
