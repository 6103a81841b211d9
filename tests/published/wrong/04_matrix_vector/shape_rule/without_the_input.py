"""The list begins after the first layer."""


def chain_sizes(shapes, size):
    sizes = []
    for rows, columns in shapes:
        if columns != size:
            raise ValueError("layers do not fit")
        size = rows
        sizes.append(size)
    return sizes
