"""How does an image become a row of numbers?

A linear layer takes vectors, and an image is a grid. So the grid is read row by row into one long
vector: (28, 28) becomes (784,), and a batch (N, 28, 28) becomes (N, 784), in which each image
still has a row of its own. Reshaping keeps all entries and their order; it only sets new line
breaks. Where one size is left open as -1, the library works it out. You can do so, too.

A reshape is not a transpose. Both can turn (2, 3) into (3, 2), but a transpose moves entries to
other neighbours and a reshape does not. Mix them up and the shapes fit while the pixels are
shuffled: a network will train on that, badly, and say nothing. Images that come with their colours
last, (N, height, width, channels), show the difference best.
"""

from __future__ import annotations

import numpy as np


def flatten_image(image: np.ndarray) -> np.ndarray:
    """Read an image row by row into one vector.

    Entry i · w + j of the result is image[i, j].

    Args:
        image: shape (h, w), any dtype.

    Returns:
        Shape (h · w,), the dtype of the image.

    Examples:
        >>> flatten_image(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
        array([1., 2., 3., 4., 5., 6.])
        >>> flatten_image(np.zeros((28, 28))).shape
        (784,)
    """
    raise NotImplementedError


def flatten_batch(images: np.ndarray) -> np.ndarray:
    """Read each image of a batch into a row of its own.

    Row k of the result is image k, read row by row; with channels, image k is read in the order of
    its axes.

    Args:
        images: shape (N, h, w) or (N, c, h, w), N at least 1, any dtype.

    Returns:
        Shape (N, h · w) or (N, c · h · w), the dtype of the images; two axes also for N = 1.

    Examples:
        >>> flatten_batch(np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]))
        array([[1., 2., 3., 4.],
               [5., 6., 7., 8.]])
        >>> flatten_batch(np.zeros((1, 3, 8, 8))).shape
        (1, 192)
    """
    raise NotImplementedError


def unflatten_batch(rows: np.ndarray, height: int, width: int) -> np.ndarray:
    """Turn rows back into images: the inverse of `flatten_batch` for images without channels.

    Args:
        rows: shape (N, height · width), N at least 1, any dtype.
        height: h, at least 1.
        width: w, at least 1.

    Returns:
        Shape (N, h, w), the dtype of the rows: as many images as there were rows.

    Raises:
        ValueError: a row does not have h · w entries.

    Examples:
        >>> unflatten_batch(np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]), 3, 2)
        array([[[1., 2.],
                [3., 4.],
                [5., 6.]]])
        >>> unflatten_batch(np.zeros((10, 784)), 28, 28).shape
        (10, 28, 28)
    """
    raise NotImplementedError


def solve_shape(size: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Work out the size that a -1 stands for.

    The sizes of a shape must multiply to the number of entries. This asks for arithmetic alone, in
    whole numbers: size may be larger than any memory, and than any float can hold exactly.

    Args:
        size: the number of entries, at least 1.
        shape: the shape that is wanted; each size is at least 1, or -1 for unknown.

    Returns:
        The full shape, a tuple of ints; a shape without -1 comes back as it is.

    Raises:
        ValueError: two sizes are unknown; the known ones do not divide `size`; or nothing is
            unknown and the sizes do not multiply to `size`.

    Examples:
        >>> solve_shape(24, (2, -1, 3))
        (2, 4, 3)
        >>> solve_shape(7840, (-1, 784))
        (10, 784)
        >>> solve_shape(24, (5, -1))
        Traceback (most recent call last):
        ValueError: 24 entries do not fit into (5, -1)
    """
    raise NotImplementedError


def channels_first(images: np.ndarray) -> np.ndarray:
    """Move the channels of a batch of images from the last axis to the second.

    Entry [k, c, i, j] of the result is images[k, i, j, c].

    Args:
        images: shape (N, h, w, c), any dtype: how image files store colours.

    Returns:
        Shape (N, c, h, w), the dtype of the images: how PyTorch's convolutions want them.

    Examples:
        >>> channels_first(np.array([[[[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]]]))[0, 1]
        array([[10., 20., 30.]])
        >>> channels_first(np.zeros((5, 32, 48, 3))).shape
        (5, 3, 32, 48)
    """
    raise NotImplementedError


def flatten_batch_torch(images: torch.Tensor) -> torch.Tensor:
    """Read each image of a batch into a row of its own, as `flatten_batch` does.

    Args:
        images: shape (N, h, w) or (N, c, h, w), N at least 1, any dtype.

    Returns:
        A tensor of shape (N, h · w) or (N, c · h · w), the dtype of the images.

    Examples:
        >>> import torch
        >>> flatten_batch_torch(torch.tensor([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]))
        tensor([[1., 2., 3., 4.],
                [5., 6., 7., 8.]])
        >>> flatten_batch_torch(torch.zeros(1, 3, 8, 8)).shape
        torch.Size([1, 192])
    """
    import torch

    raise NotImplementedError


def channels_first_torch(images: torch.Tensor) -> torch.Tensor:
    """Move the channels of a batch of images from the last axis to the second.

    Args:
        images: shape (N, h, w, c), any dtype.

    Returns:
        A tensor of shape (N, c, h, w), the dtype of the images.

    Examples:
        >>> import torch
        >>> channels_first_torch(torch.zeros(5, 32, 48, 3)).shape
        torch.Size([5, 3, 32, 48])
        >>> channels_first_torch(torch.tensor([[[[1.0, 10.0], [2.0, 20.0]]]]))[0, 1]
        tensor([[10., 20.]])
    """
    import torch

    raise NotImplementedError
