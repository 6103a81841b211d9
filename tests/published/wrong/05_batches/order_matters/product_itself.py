"""Turns both back, multiplies, and stops there."""


def transposed_product(At, Bt):
    A, B = At.T, Bt.T
    return A @ B
