"""Makes each row sum to one, as for probabilities, and calls that normalized."""


def unit_rows(X):
    sums = X.sum(axis=1, keepdims=True).astype(float)
    sums[sums == 0] = 1.0
    return X / sums
