"""How do you write down a vector?

A network sees the world as vectors: a house is (area, rooms, age), a pixel is (red, green, blue),
a word is a few hundred numbers. The order carries the meaning, so a vector is not a set. In code
it is an array with *one* axis, however many components it has, and a network wants floats.

Write the few lines on which all later exercises stand, first for NumPy, then for PyTorch. The
two differ in three ways. By default NumPy makes 64-bit floats and PyTorch 32-bit ones. What is an
attribute in one may be a method in the other. And a vector that goes from one to the other is
either copied or shared; which of the two it was shows only when somebody writes into it.
"""

from __future__ import annotations

import numpy as np


def vector(components: list[float]) -> np.ndarray:
    """Make a NumPy vector of these components, in this order.

    Args:
        components: a list of n numbers, integers or floats.

    Returns:
        Shape (n,), dtype float64, also where all components are integers.

    Examples:
        >>> vector([0.8, 0.3, 0.5])
        array([0.8, 0.3, 0.5])
        >>> vector([3, -4])
        array([ 3., -4.])
    """
    raise NotImplementedError


def component(v: np.ndarray, k: int) -> float:
    """Read one component of a vector, counted from 1 as in formulas.

    v = (v₁, v₂, …, vₙ), and the answer is vₖ.

    Args:
        v: shape (n,).
        k: a whole number from 1 to n.

    Returns:
        One number.

    Raises:
        IndexError: k is not one of 1, 2, …, n; there is no component 0.

    Examples:
        >>> component(np.array([0.8, 0.3, 0.5]), 1)
        0.8
        >>> component(np.array([0.8, 0.3, 0.5]), 3)
        0.5
    """
    raise NotImplementedError


def components_and_axes(a: np.ndarray) -> tuple[int, int]:
    """Count the components of an array, and its axes.

    A vector of n components is a point in n-dimensional space, and still an array with one axis:
    two counts that are both called "dimension".

    Args:
        a: an array of any shape.

    Returns:
        Two ints: the number of all components, and the number of axes.

    Examples:
        >>> components_and_axes(np.array([0.8, 0.3, 0.5]))
        (3, 1)
        >>> components_and_axes(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
        (6, 2)
    """
    raise NotImplementedError


def vector_torch(components: list[float]) -> torch.Tensor:
    """Make a PyTorch vector of these components, in this order.

    Args:
        components: a list of n numbers, integers or floats.

    Returns:
        A tensor of shape (n,), dtype float32 (the dtype of a layer's weights), also where all
        components are integers.

    Examples:
        >>> import torch
        >>> vector_torch([0.5, 0.25])
        tensor([0.5000, 0.2500])
        >>> vector_torch([3, -4])
        tensor([ 3., -4.])
    """
    import torch

    raise NotImplementedError


def component_torch(t: torch.Tensor, k: int) -> float:
    """Read one component of a tensor, counted from 1, as a plain Python number.

    Args:
        t: shape (n,).
        k: a whole number from 1 to n.

    Returns:
        One Python number, not a tensor.

    Raises:
        IndexError: k is not one of 1, 2, …, n.

    Examples:
        >>> import torch
        >>> component_torch(torch.tensor([0.5, 0.25, 2.0]), 1)
        0.5
        >>> component_torch(torch.tensor([0.5, 0.25, 2.0]), 3)
        2.0
    """
    import torch

    raise NotImplementedError


def components_and_axes_torch(t: torch.Tensor) -> tuple[int, int]:
    """Count the components of a tensor, and its axes.

    Args:
        t: a tensor of any shape.

    Returns:
        Two ints: the number of all components, and the number of axes.

    Examples:
        >>> import torch
        >>> components_and_axes_torch(torch.tensor([0.8, 0.3, 0.5]))
        (3, 1)
        >>> components_and_axes_torch(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
        (6, 2)
    """
    import torch

    raise NotImplementedError


def copy_to_torch(v: np.ndarray) -> torch.Tensor:
    """Make a tensor for a network from an array, with memory of its own.

    Whoever writes into the tensor later must not change the array, not even where the array is
    float32 already and nothing has to be converted.

    Args:
        v: shape (n,), any dtype.

    Returns:
        A tensor of shape (n,), dtype float32, that shares no memory with v.

    Examples:
        >>> import torch
        >>> v = np.array([0.5, 0.25])
        >>> t = copy_to_torch(v)
        >>> t[0] = 9.0
        >>> v
        array([0.5 , 0.25])
    """
    import torch

    raise NotImplementedError


def share_with_torch(v: np.ndarray) -> torch.Tensor:
    """Show an array to PyTorch without copying it.

    Array and tensor are then two views of the same memory: a change of one is a change of both.

    Args:
        v: shape (n,), writeable.

    Returns:
        A tensor of shape (n,), with the dtype of v, in the memory of v.

    Examples:
        >>> import torch
        >>> a = np.array([0.5, 0.25])
        >>> view = share_with_torch(a)
        >>> view[0] = 9.0
        >>> a
        array([9.  , 0.25])
    """
    import torch

    raise NotImplementedError


def copy_to_numpy(t: torch.Tensor) -> np.ndarray:
    """Make an array from a tensor, with memory of its own.

    The tensor may be a weight that a network is learning (`requires_grad=True`). NumPy knows
    nothing of gradients, so detach it first.

    Args:
        t: shape (n,), floats.

    Returns:
        Shape (n,), with the dtype of t, sharing no memory with t.

    Examples:
        >>> import torch
        >>> copy_to_numpy(torch.tensor([0.5, 0.25], dtype=torch.float64))
        array([0.5 , 0.25])
        >>> copy_to_numpy(torch.tensor([3.0, -4.0], requires_grad=True))
        array([ 3., -4.], dtype=float32)
    """
    import torch

    raise NotImplementedError
