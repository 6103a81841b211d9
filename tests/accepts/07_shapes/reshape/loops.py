"""Entry by entry; the unknown size by trial; the batch from its single images."""

import itertools

import numpy as np


def flatten_image(image):
    height, width = image.shape
    flat = np.empty(height * width, dtype=image.dtype)
    for i in range(height):
        for j in range(width):
            flat[i * width + j] = image[i, j]
    return flat


def flatten_batch(images):
    return np.array([[x for x in image.flat] for image in images], dtype=images.dtype)


def unflatten_batch(rows, height, width):
    if rows.shape[1] != height * width:
        raise ValueError("wrong number of pixels")
    return np.array([[row[i * width : (i + 1) * width] for i in range(height)] for row in rows])


def solve_shape(size, shape):
    unknown = [k for k, n in enumerate(shape) if n == -1]
    if len(unknown) > 1:
        raise ValueError("one unknown at most")
    rest = size
    for n in shape:
        if n != -1:
            rest, left = divmod(rest, n)
            if left:
                raise ValueError("does not divide")
    solved = list(shape)
    if unknown:
        solved[unknown[0]] = rest
    elif rest != 1:
        raise ValueError("wrong product")
    return tuple(solved)


def channels_first(images):
    n, h, w, c = images.shape
    result = np.empty((n, c, h, w), images.dtype)
    for k, i, j in itertools.product(range(n), range(h), range(w)):
        result[k, :, i, j] = images[k, i, j]
    return result


def flatten_batch_torch(images):
    import torch

    return torch.stack([torch.flatten(image) for image in images])


def channels_first_torch(images):
    import torch

    return torch.stack([images[..., k] for k in range(images.shape[-1])], dim=1)
