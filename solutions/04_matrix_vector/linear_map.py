"""What does a matrix do to the plane?

A matrix is a function: it takes every point to another one. What it does with the basis vectors
(1, 0) and (0, 1) settles the rest, for their images are its columns, and every point is a sum of
multiples of the two. So you can write down a rotation or a reflection by asking where these two
go, and you can find the matrix of a function that somebody hands you.

Not every function has a matrix. It has one if sums and multiples pass through it, and then it is
called linear. A layer W x + b with b other than 0 is not linear but affine. A matrix may also
collapse the plane onto a line or a point, and then no layer after it can tell apart what fell
together. And a convolution is linear as well: its matrix repeats a few numbers along its diagonals.

Hints
-----
1. The matrices of the plane have shape (2, 2). A function from n numbers to m has a matrix of shape
   (m, n), and a kernel of k numbers slides over n entries to n - k + 1 places.
2. Where does the map send (1, 0), and where (0, 1)? In which column does each image belong? And
   which vectors give away that the absolute value is not linear?
3. `np.column_stack([f(e) for e in np.eye(____)])`, and for a convolution
   `T[i, ____ : ____] = kernel[::-1]`.

Why it works
------------
x = x₁e₁ + … + xₙeₙ, so f(x) = x₁f(e₁) + … + xₙf(eₙ) if sums and multiples pass through f: that is
the sum of the scaled columns f(e₁), …, f(eₙ). If the columns are parallel, every such sum lies on
one line. This is the case where the determinant, the area of the parallelogram between them, is 0.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def rotation(angle: float) -> np.ndarray:
    """Turn the plane around the origin.

    (1, 0) goes to (cos angle, sin angle), and (0, 1) goes to (-sin angle, cos angle).

    Args:
        angle: in radians; a positive one turns counterclockwise.

    Returns:
        The matrix, shape (2, 2), floats.

    Examples:
        >>> rotation(np.pi)
        array([[-1., 0.],
               [0., -1.]])
        >>> rotation(np.pi / 4) @ np.array([1.0, 0.0])
        array([0.70710678, 0.70710678])
    """
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, -sine], [sine, cosine]])


def rotation_torch(angle: torch.Tensor) -> torch.Tensor:
    """Turn the plane around the origin, by an angle that can be learned.

    Autograd must be able to follow the matrix back to the angle. `torch.tensor` copies numbers and
    forgets where they came from, so build the matrix from tensors.

    Args:
        angle: shape (), in radians, with a floating dtype.

    Returns:
        The matrix, shape (2, 2), with the dtype of the angle.

    Examples:
        >>> import torch
        >>> rotation_torch(torch.tensor(0.0))
        tensor([[1., -0.],
                [0., 1.]])
        >>> rotation_torch(torch.tensor(0.0, requires_grad=True)).requires_grad
        True
    """
    import torch

    cosine, sine = torch.cos(angle), torch.sin(angle)
    return torch.stack([torch.stack([cosine, -sine]), torch.stack([sine, cosine])])


def shear(k: float) -> np.ndarray:
    """Push the plane sideways, the further up the more.

    (1, 0) stays, and (0, 1) goes to (k, 1).

    Args:
        k: how far to the right a point of height 1 is pushed; a negative k pushes to the left.

    Returns:
        The matrix, shape (2, 2), floats.

    Examples:
        >>> shear(2.0) @ np.array([1.0, 3.0])
        array([7., 3.])
        >>> shear(2.0) @ np.array([1.0, 0.0])
        array([1., 0.])
    """
    return np.array([[1.0, k], [0.0, 1.0]])


def stretch(direction: np.ndarray, factor: float) -> np.ndarray:
    """Scale the plane along one direction, and leave what is perpendicular to it alone.

    With the direction d, the matrix is I + (factor - 1) d dᵀ / (d · d), where d dᵀ is the table of
    all products d_i d_j. A factor of -1 makes it a reflection, which turns d around. A factor of 0
    makes it the projection onto the line at right angles to d.

    Args:
        direction: shape (2,), not all zero; its length does not matter.
        factor: one number.

    Returns:
        The matrix, shape (2, 2), floats.

    Examples:
        >>> stretch(np.array([1.0, 0.0]), 3.0)
        array([[3., 0.],
               [0., 1.]])
        >>> stretch(np.array([5.0, 5.0]), -1.0) @ np.array([1.0, 0.0])
        array([ 0., -1.])
        >>> stretch(np.array([0.0, 2.0]), 0.0) @ np.array([4.0, 7.0])
        array([4., 0.])
    """
    d = direction
    return np.eye(2) + (factor - 1) * np.outer(d, d) / (d @ d)


def matrix_of(f: Callable[[np.ndarray], np.ndarray], n: int) -> np.ndarray:
    """Find the matrix of a linear function.

    Column j is the image of the basis vector e_j, whose entry j is 1 and whose other entries are 0.

    Args:
        f: a linear function from shape (n,) to shape (m,); it takes one vector at a time.
        n: how many entries f takes.

    Returns:
        The matrix, shape (m, n), floats.

    Examples:
        >>> matrix_of(lambda x: np.array([x[0] - x[1]]), 2)
        array([[ 1., -1.]])
        >>> matrix_of(lambda x: 3.0 * x, 2)
        array([[3., 0.],
               [0., 3.]])
    """
    return np.column_stack([f(e) for e in np.eye(n)])


def is_linear(f: Callable[[np.ndarray], np.ndarray], n: int, trials: int = 20) -> bool:
    """Test whether sums and multiples pass through a function.

    f is linear if f(a u + b v) = a f(u) + b f(v) for all vectors u, v and numbers a, b. Nobody can
    try them all. So draw some at random, positive and negative ones, and compare with a tolerance.
    A single failure is a proof against f. Success in every trial is only very good evidence for it.

    Args:
        f: a function from shape (n,) to shape (m,); it takes one vector at a time.
        n: how many entries f takes.
        trials: how often to draw and compare, unless it fails before.

    Returns:
        True or False.

    Examples:
        >>> is_linear(lambda x: -2.0 * x, 3)
        True
        >>> is_linear(lambda x: x * x, 3)
        False
    """
    rng = np.random.default_rng(0)
    for u, v in rng.normal(size=(trials, 2, n)):
        a, b = rng.normal(size=2)
        if not np.allclose(f(a * u + b * v), a * f(u) + b * f(v)):
            return False
    return True


def image(A: np.ndarray) -> str:
    """Say what is left of the plane when a matrix has acted on every point of it.

    The determinant alone does not tell: rounding turns a 0 into something near 0, and a matrix of
    small numbers has a small determinant without collapsing anything. The rank knows about both.

    Args:
        A: shape (2, 2).

    Returns:
        "plane" if every point is reached, "line" if all images lie on one line through the origin,
        "point" if all are the origin.

    Examples:
        >>> image(np.array([[0.0, 2.0], [1.0, 0.0]]))
        'plane'
        >>> image(np.array([[1.0, 2.0], [3.0, 6.0]]))
        'line'
        >>> image(np.zeros((2, 2)))
        'point'
    """
    return ("point", "line", "plane")[np.linalg.matrix_rank(A)]


def convolution_matrix(kernel: np.ndarray, n: int, flip: bool = True) -> np.ndarray:
    """Write a convolution as a matrix.

    The kernel slides over a vector x and takes a dot product at each place where it fits
    completely. Row i of the matrix holds the kernel from column i on, and zeros elsewhere: all
    numbers on a diagonal are the same. A convolution, as in np.convolve(x, kernel, "valid"), turns
    the kernel around first. PyTorch's F.conv1d does not.

    Args:
        kernel: shape (k,), k at least 1.
        n: how many entries x has, at least k.
        flip: whether the kernel is turned around.

    Returns:
        The matrix, shape (n - k + 1, n), floats.

    Examples:
        >>> convolution_matrix(np.array([1.0, -2.0]), 3)
        array([[-2.,  1.,  0.],
               [ 0., -2.,  1.]])
        >>> convolution_matrix(np.array([1.0, -2.0]), 3, flip=False)
        array([[ 1., -2.,  0.],
               [ 0.,  1., -2.]])
    """
    size = len(kernel)
    T = np.zeros((n - size + 1, n))
    for i, row in enumerate(T):
        row[i : i + size] = kernel[::-1] if flip else kernel
    return T
