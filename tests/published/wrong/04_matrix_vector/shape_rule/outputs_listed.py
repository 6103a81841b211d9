"""Appends the size after each layer to an empty list; a model summary."""


def chain_sizes(shapes, size):
    sizes, arriving = [], size
    for m, n in shapes:
        if n != arriving:
            raise ValueError("layers do not fit")
        sizes.append(m)
        arriving = m
    return sizes
