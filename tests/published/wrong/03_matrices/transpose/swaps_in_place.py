"""Swaps W[i, j] with W[j, i] over all i and j; an interview exercise gone wrong."""


def transposed_copy(W):
    n = len(W)
    for i in range(n):
        for j in range(n):
            W[i][j], W[j][i] = W[j][i], W[i][j]
    return W
