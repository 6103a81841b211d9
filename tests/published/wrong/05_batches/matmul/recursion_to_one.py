"""Recursion with k == 1 as its only end; k = 0 never comes there."""


def times(A, B):
    return (A.astype(float)[:, :, None] * B).sum(axis=1)

def power(A, k):
    if k <= 1:
        return A.astype(float)
    return times(A, power(A, k - 1))
