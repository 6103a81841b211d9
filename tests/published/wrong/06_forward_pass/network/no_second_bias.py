"""b = W2 b1."""


def collapse(first, second):
    (W1, b1), (W2, b2) = first, second
    return W2 @ W1, W2 @ b1
