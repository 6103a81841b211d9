"""A ** k."""


def power(A, k):
    return A.astype(float) ** k
