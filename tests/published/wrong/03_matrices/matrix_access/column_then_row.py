"""x first and y second, as on a screen; a grid world."""


def weight(W, i, j):
    x, y = i, j
    return float(W[y][x])
