""".T and permute(3, 2, 1, 0)."""


def channels_first(images):
    return images.T


def channels_first_torch(images):
    return images.permute(*reversed(range(images.ndim)))
