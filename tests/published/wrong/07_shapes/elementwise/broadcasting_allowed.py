"""A + B and no check."""


def elementwise_sum(A, B):
    return A + B
