"""Other names for the same moves."""

import math

import numpy as np


def flatten_image(image):
    return np.ravel(image)


def flatten_batch(images):
    return np.reshape(images, (images.shape[0], math.prod(images.shape[1:])))


def unflatten_batch(rows, height, width):
    return np.stack([np.reshape(row, (height, width)) for row in rows])


def solve_shape(size, shape):
    known = math.prod(n for n in shape if n != -1)
    match list(shape).count(-1):
        case 0 if known == size:
            return tuple(shape)
        case 1 if size % known == 0:
            return tuple(n if n != -1 else size // known for n in shape)
    raise ValueError("no such shape")


def channels_first(images):
    return np.moveaxis(images, -1, 1)


def flatten_batch_torch(images):
    from torch import nn

    return nn.Flatten()(images)


def channels_first_torch(images):
    return images.movedim(-1, 1).contiguous()
