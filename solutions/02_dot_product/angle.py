"""Which way do two vectors point?

The dot product of two vectors is the product of their lengths and the cosine of the angle between
them. Divide the lengths out and only the directions are left: an angle from 0 (the same way)
through π/2 (a right angle) to π (reversed), in any number of dimensions. The sign of the dot
product alone already says on which side of the right angle you are. A neuron uses just that: it
responds to inputs on its own side.

Two things need care. Rounding may push a cosine a hair beyond 1 or -1, where arccos is nan. And
a zero vector has no direction, so no angle.

Hints
-----
1. Two vectors of shape (n,) give one number between 0 and π, or one of three words.
2. In exact arithmetic a cosine stays between -1 and 1. What is left of that after rounding? And
   how should a tolerance behave when both vectors become a million times longer?
3. `cosine = a.dot(b) / (____ * ____)`, then `np.arccos(np.clip(cosine, ____, ____))`; for the
   relation, `if cosine > ____:` and `if cosine < ____:`.

Why it works
------------
The Cauchy-Schwarz inequality |a · b| ≤ |a||b| keeps the quotient between -1 and 1, so every pair
of nonzero vectors has an angle. Rounding breaks the bound by a few units in the last place, and
the clip restores it.
"""

from __future__ import annotations

import numpy as np


def angle(a: np.ndarray, b: np.ndarray) -> float:
    """Measure the angle between two vectors, in radians.

    θ = arccos(a · b / (|a||b|)), with the cosine clipped to [-1, 1] before the arccos.

    Args:
        a: shape (n,), not all zero.
        b: shape (n,), not all zero.

    Returns:
        One number between 0 and π, a float.

    Raises:
        ValueError: a or b is the zero vector.

    Examples:
        >>> angle(np.array([2.0, 0.0]), np.array([0.0, 3.0]))
        1.5707963267948966
        >>> angle(np.array([3.0, 4.0]), np.array([-3.0, -4.0]))
        3.141592653589793
    """
    cosine = _unit(a).dot(_unit(b))
    return float(np.arccos(cosine.clip(-1.0, 1.0)))


def relation(a: np.ndarray, b: np.ndarray, tolerance: float = 1e-6) -> str:
    """Say whether two vectors are similar, perpendicular or opposite.

    With cos θ = a · b / (|a||b|):

    - "perpendicular" where |cos θ| ≤ tolerance;
    - "similar" for any other angle below π/2, where cos θ is positive;
    - "opposite" for any other angle above π/2, where cos θ is negative.

    Args:
        a: shape (n,), not all zero.
        b: shape (n,), not all zero.
        tolerance: the largest |cos θ| that still counts as a right angle, not negative.

    Returns:
        "similar", "perpendicular" or "opposite".

    Raises:
        ValueError: a or b is the zero vector.

    Examples:
        >>> relation(np.array([1.0, 2.0]), np.array([3.0, 1.0]))
        'similar'
        >>> relation(np.array([1.0, 2.0]), np.array([-4.0, 2.0]))
        'perpendicular'
        >>> relation(np.array([1.0, 2.0]), np.array([1.0, -2.0]))
        'opposite'
    """
    cosine = _unit(a).dot(_unit(b))
    if cosine > tolerance:
        return "similar"
    if cosine < -tolerance:
        return "opposite"
    return "perpendicular"


def angle_torch(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Measure the angle between two tensors, in radians.

    Args:
        a: shape (n,), floats, all zero or longer than 1e-6 (PyTorch's own functions round shorter
            lengths up).
        b: shape (n,), floats, all zero or longer than 1e-6.

    Returns:
        A tensor of shape (), between 0 and π, with a floating dtype.

    Raises:
        ValueError: a or b is the zero vector.

    Examples:
        >>> import torch
        >>> angle_torch(torch.tensor([2.0, 0.0]), torch.tensor([0.0, 3.0]))
        tensor(1.5708)
        >>> angle_torch(torch.tensor([3.0, 0.0]), torch.tensor([1.0, 1.0]))
        tensor(0.7854)
    """
    return _unit(a).dot(_unit(b)).clamp(-1.0, 1.0).acos()


def _unit(v):
    """v / |v|, for arrays and tensors alike."""
    length = v.dot(v) ** 0.5
    if length == 0:
        raise ValueError("a zero vector has no direction")
    return v / length
