"""Lists the outputs of all layers, right or wrong; a config reader."""


def chain_sizes(shapes, size):
    sizes = [size]
    for shape in shapes:
        sizes.append(shape[0])
    return sizes
