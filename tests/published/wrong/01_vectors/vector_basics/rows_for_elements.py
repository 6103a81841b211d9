"""Takes the first size for the number of all elements; a training loop's helper."""


def components_and_axes_torch(t):
    return t.shape[0], len(t.shape)
