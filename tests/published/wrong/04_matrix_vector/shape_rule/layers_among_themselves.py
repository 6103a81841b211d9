"""Compares each layer with the next, and none with the input."""


def chain_sizes(shapes, size):
    for k in range(len(shapes) - 1):
        if shapes[k][0] != shapes[k + 1][1]:
            raise ValueError("layers do not fit")
    return [size] + [m for m, _ in shapes]
