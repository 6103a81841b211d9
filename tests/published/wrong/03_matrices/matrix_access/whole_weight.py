"""int() around the entry, from an integer matrix class."""


def weight(W, i, j):
    return int(W[i, j])
