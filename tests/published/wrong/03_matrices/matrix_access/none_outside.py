"""Catches the IndexError and answers None; a grid helper."""


def weight(W, i, j):
    try:
        return float(W[i, j])
    except IndexError:
        return None
