"""Indexes twice and leaves the 0-d tensor; a forum question about printing."""


def weight_torch(W, i, j):
    return W[i][j].data
