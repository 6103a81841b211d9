"""Which digit is it?

This is the whole course in one network. An image of a handwritten digit is 8 by 8 pixels. Reshape
lays them out as a vector of 64. A matrix product and a bias give 32 pre-activations, the ReLU keeps
the positive ones, and a second product with a second bias gives ten numbers, one for each digit.
The largest of them is the answer.

The four operations (reshape, matrix product, broadcast addition, ReLU) are all there is. Weights
that PyTorch has learned work in NumPy without a change, because both compute the same numbers. Such
weights, and the images, are in the course's folder data/digits.
"""

from __future__ import annotations

import numpy as np


def features(images: np.ndarray) -> np.ndarray:
    """Lay out each image as one row of numbers from 0 to 1.

    Args:
        images: shape (N, 8, 8), integers from 0 (white) to 16 (black), of any integer dtype.

    Returns:
        Shape (N, 64), floats: row n holds image n, its pixel rows one after the other, divided
        by 16.

    Examples:
        >>> images = np.zeros((2, 8, 8), dtype=np.uint8)
        >>> images[1, 0, 2] = 16
        >>> images[1, 7, 7] = 4
        >>> X = features(images)
        >>> X.shape
        (2, 64)
        >>> X[1, [0, 1, 2, 63]]
        array([0.  , 0.  , 1.  , 0.25])
    """
    raise NotImplementedError


def logits(
    X: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> np.ndarray:
    """Compute the outputs of a network with one hidden layer.

    y = W₂ relu(W₁ x + b₁) + b₂ for every row x of X.

    Args:
        X: shape (N, inputs), float64.
        W1: shape (hidden, inputs), float64.
        b1: shape (hidden,), float64.
        W2: shape (outputs, hidden), float64.
        b2: shape (outputs,), float64.

    Returns:
        Shape (N, outputs), float64; entries may be negative. They agree with PyTorch to 1e-6.

    Examples:
        >>> W1 = np.array([[1.0, -1.0], [0.0, 2.0], [1.0, 1.0]])
        >>> b1 = np.array([0.0, 1.0, -4.0])
        >>> W2, b2 = np.array([[1.0, -1.0, 3.0]]), np.array([0.5])
        >>> logits(np.array([[3.0, 1.0], [0.0, 5.0]]), W1, b1, W2, b2)
        array([[-0.5],
               [-7.5]])
        >>> logits(np.array([[3.0, 1.0], [0.0, 0.0], [0.0, 5.0]]), W1, b1, W2, b2).shape
        (3, 1)
    """
    raise NotImplementedError


def predict(
    images: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> np.ndarray:
    """Read the digit in each image: the index of its largest logit.

    Args:
        images: shape (N, 8, 8), integers from 0 to 16.
        W1: shape (hidden, 64), float64.
        b1: shape (hidden,), float64.
        W2: shape (10, hidden), float64.
        b2: shape (10,), float64.

    Returns:
        Shape (N,), integers from 0 to 9.

    Examples:
        >>> W1, b1 = np.eye(64)[:10], np.zeros(10)
        >>> W2, b2 = np.eye(10), np.zeros(10)
        >>> images = np.zeros((2, 8, 8), dtype=np.uint8)
        >>> images[0, 0, 7] = 9
        >>> images[1, 0, :3] = 5, 1, 16
        >>> predict(images, W1, b1, W2, b2)
        array([7, 2])
    """
    raise NotImplementedError


def accuracy(predictions: np.ndarray, labels: np.ndarray) -> float:
    """Find the share of predictions that are right.

    Args:
        predictions: shape (N,), integers, N at least 1.
        labels: shape (N,), integers: the right answers.

    Returns:
        A float from 0 (none) to 1 (all).

    Raises:
        ValueError: the shapes of the two differ.

    Examples:
        >>> accuracy(np.array([3, 1, 4, 1]), np.array([3, 1, 4, 7]))
        0.75
        >>> accuracy(np.array([3, 1]), np.array([[3], [1]]))
        Traceback (most recent call last):
        ValueError: shapes (2,) and (2, 1) differ
    """
    raise NotImplementedError


def model_torch(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> torch.nn.Sequential:
    """Build the same network in PyTorch, with these weights.

    Args:
        W1: shape (hidden, inputs), float64.
        b1: shape (hidden,), float64.
        W2: shape (outputs, hidden), float64.
        b2: shape (outputs,), float64.

    Returns:
        A torch.nn.Sequential of a linear layer, a ReLU and a linear layer. It maps a float64
        tensor of shape (N, inputs) to (N, outputs). Its four parameters, in the order W1, b1, W2,
        b2, are float64, can be trained, and are copies: training leaves the arrays as they are.

    Examples:
        >>> import torch
        >>> W1, b1 = np.array([[1.0, -1.0], [0.0, 2.0], [1.0, 1.0]]), np.array([0.0, 1.0, -4.0])
        >>> model = model_torch(W1, b1, np.array([[1.0, -1.0, 3.0]]), np.array([0.5]))
        >>> model(torch.tensor([[0.0, 5.0]], dtype=torch.float64)).detach()
        tensor([[-7.5000]], dtype=torch.float64)
        >>> [tuple(p.shape) for p in model.parameters()]
        [(3, 2), (3,), (1, 3), (1,)]
    """
    import torch
    from torch import nn

    raise NotImplementedError
