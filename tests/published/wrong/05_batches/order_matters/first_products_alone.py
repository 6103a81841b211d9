"""Counts the product in the brackets only."""


def costs(m, n, p, q):
    left = m * n * p
    right = n * p * q
    return left, right
