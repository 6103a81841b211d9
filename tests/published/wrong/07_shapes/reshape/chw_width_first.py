"""transpose(0, 3, 2, 1): channels first, and width before height."""


def channels_first(images):
    return images.transpose(0, 3, 2, 1)
