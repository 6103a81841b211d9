"""reshape to (N, c, h, w): the shape of a transpose, the order of none."""

import numpy as np


def channels_first(images):
    n, h, w, c = images.shape
    return np.reshape(images, (n, c, h, w))

def channels_first_torch(images):
    n, h, w, c = images.shape
    return images.reshape(n, c, h, w)
