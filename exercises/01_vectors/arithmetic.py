"""How does a network take one step of learning?

With the arithmetic of vectors. Addition joins what two parts of a network contribute: a residual
connection adds a layer's input to its output. Subtraction is the error: prediction minus target.
Multiplication by a number sets the size of a step: the new weights are the old ones minus the
gradient, scaled by the learning rate. Each of them works component by component.

Three things go wrong without a word. `+` joins lists instead of adding them. NumPy and PyTorch
stretch an axis of size 1 until shapes fit. And `-=` writes into an array that may belong to the
caller.
"""

from __future__ import annotations

import numpy as np


def add(a: np.ndarray | list[float], b: np.ndarray | list[float]) -> np.ndarray:
    """Add two vectors component by component.

    a + b = (a₁ + b₁, a₂ + b₂, …, aₙ + bₙ)

    Args:
        a: shape (n,), integers or floats: an array, or a plain list of numbers.
        b: shape (n,): an array, or a plain list of numbers.

    Returns:
        A new array of shape (n,), floats; integers are added as float64.

    Raises:
        ValueError: a and b have different shapes; (3,) and (3, 1) are different, so are (3,)
            and (1,).

    Examples:
        >>> add(np.array([1.0, 2.0]), np.array([3.0, -4.0]))
        array([ 4., -2.])
        >>> add([1, 2], [3, 4])
        array([4., 6.])
    """
    raise NotImplementedError


def error(prediction: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Measure how far off each component of a prediction is.

    prediction - target: positive where the prediction is too high, negative where it is too low.
    Integers without a sign (pixels are stored as uint8) cannot hold a negative error: make them
    float64 before you subtract.

    Args:
        prediction: shape (n,), integers or floats.
        target: shape (n,), integers or floats.

    Returns:
        A new array of shape (n,), floats.

    Examples:
        >>> error(np.array([2.5, 1.0]), np.array([2.0, 3.0]))
        array([ 0.5, -2. ])
        >>> error(np.array([3], dtype=np.uint8), np.array([5], dtype=np.uint8))
        array([-2.])
    """
    raise NotImplementedError


def gradient_step(w: np.ndarray, gradient: np.ndarray, learning_rate: float) -> np.ndarray:
    """Take one step of gradient descent: go against the gradient.

    w_new = w - learning_rate · gradient

    The caller keeps the old weights, so w must stay as it is.

    Args:
        w: the weights, shape (n,), integers or floats.
        gradient: the slope of the loss for each weight, shape (n,).
        learning_rate: the size of the step, a number; 0 is a step that goes nowhere.

    Returns:
        The new weights: a new array of shape (n,), floats.

    Examples:
        >>> gradient_step(np.array([1.0, -2.0]), np.array([0.5, -1.0]), 0.1)
        array([ 0.95, -1.9 ])
        >>> gradient_step(np.array([1, 2]), np.array([4, 4]), 0.25)
        array([0., 1.])
    """
    raise NotImplementedError


def add_torch(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Add two tensors component by component.

    Args:
        a: shape (n,), floats.
        b: shape (n,), floats.

    Returns:
        A new tensor of shape (n,), floats.

    Raises:
        ValueError: a and b have different shapes (PyTorch itself would raise RuntimeError, or
            stretch).

    Examples:
        >>> import torch
        >>> add_torch(torch.tensor([1.0, 2.0]), torch.tensor([3.0, -4.0]))
        tensor([ 4., -2.])
        >>> add_torch(torch.tensor([0.5]), torch.tensor([0.25]))
        tensor([0.7500])
    """
    import torch

    raise NotImplementedError


def error_torch(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Subtract the target from the prediction, for tensors.

    Args:
        prediction: shape (n,), floats.
        target: shape (n,), floats.

    Returns:
        A new tensor of shape (n,), floats.

    Examples:
        >>> import torch
        >>> error_torch(torch.tensor([2.5, 1.0]), torch.tensor([2.0, 3.0]))
        tensor([ 0.5000, -2.0000])
        >>> error_torch(torch.tensor([1.0]), torch.tensor([1.0]))
        tensor([0.])
    """
    import torch

    raise NotImplementedError


def gradient_step_torch(
    w: torch.Tensor, gradient: torch.Tensor, learning_rate: float
) -> torch.Tensor:
    """Take one step of gradient descent with tensors, unseen by autograd.

    PyTorch records every operation on a tensor with `requires_grad=True`, so that it can
    differentiate later. The step itself is not a part of the network: take it where nothing is
    recorded, for example inside `with torch.no_grad():`.

    Args:
        w: the weights, shape (n,), floats, with or without `requires_grad`; stays as it is.
        gradient: shape (n,), floats.
        learning_rate: a number.

    Returns:
        The new weights: a new tensor of shape (n,), floats, not recorded by autograd.

    Examples:
        >>> import torch
        >>> gradient_step_torch(torch.tensor([1.0, -2.0]), torch.tensor([0.5, -1.0]), 0.5)
        tensor([ 0.7500, -1.5000])
        >>> w = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> gradient_step_torch(w, torch.tensor([4.0, 4.0]), 0.25)
        tensor([0., 1.])
    """
    import torch

    raise NotImplementedError
