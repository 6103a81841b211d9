"""Who talks to whom inside a layer?

The steps of a network are of two kinds. An element-wise step (ReLU, sigmoid, a sum, a product of
two arrays) makes each output entry from the entry at the same place: nothing else reaches it. A
matrix product mixes: every output of a sample is made from all features of that sample, though
from no other sample. A network needs both, because a net without mixing could never combine two
features, and a net of matrix products alone is a single matrix product.

You can find out which kind a step is without reading its code: change one input entry and look
which outputs change. Write that probe, and the two operations that combine arrays entry by entry.
Let nothing be stretched here: equal shapes, or an error.

Hints
-----
1. Two arrays of one shape give one array of that shape. The probe gives one truth value for each
   output entry; the test for locality gives a single one.
2. A function may hand you a view of what you gave it. What have you got left to compare with if
   you then change that very array? And which entries could you try so that no mixing stays hidden?
3. `if A.shape != B.shape: raise ____`; for the probe `changed = X.astype(float)`, then
   `changed[place] += ____` and `function(____) != function(____)`.

Why it works
------------
The outputs that differ after a change of one entry are those that depend on it (at this X, for
this step). If for every place only the output at the same place differs, no output listens to a
neighbour. A matrix product X W fails that test by row: output (i, k) is a sum over all of row i.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def elementwise_sum(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Add two arrays entry by entry.

    Entry (i, j) of the result is Aᵢⱼ + Bᵢⱼ.

    Args:
        A: any shape.
        B: the same shape.

    Returns:
        A new array of that shape.

    Raises:
        ValueError: the shapes differ, also where NumPy would stretch one of them.

    Examples:
        >>> elementwise_sum(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.5, 0.5], [-3.0, 1.0]]))
        array([[1.5, 2.5],
               [0. , 5. ]])
        >>> elementwise_sum(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([10.0, 20.0]))
        Traceback (most recent call last):
        ValueError: shapes must be equal, got (2, 2) and (2,)
    """
    if A.shape != B.shape:
        raise ValueError(f"shapes must be equal, got {tuple(A.shape)} and {tuple(B.shape)}")
    return A + B


def elementwise_product(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Multiply two arrays entry by entry (the Hadamard product).

    Entry (i, j) of the result is Aᵢⱼ · Bᵢⱼ; this is not the matrix product.

    Args:
        A: any shape.
        B: the same shape.

    Returns:
        A new array of that shape.

    Raises:
        ValueError: the shapes differ, also where NumPy would stretch one of them.

    Examples:
        >>> elementwise_product(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 0], [-1, 2]]))
        array([[ 5.,  0.],
               [-3.,  8.]])
        >>> elementwise_product(np.array([1.0, 2.0, 3.0]), np.array([0.5, 1.0, 0.0]))
        array([0.5, 2. , 0. ])
    """
    if A.shape != B.shape:
        raise ValueError(f"shapes must be equal, got {tuple(A.shape)} and {tuple(B.shape)}")
    return A * B


def changed_outputs(
    function: Callable[[np.ndarray], np.ndarray],
    X: np.ndarray,
    place: tuple[int, ...],
    step: float = 1.0,
) -> np.ndarray:
    """Find the outputs of a function that change when one entry of its input changes.

    Compare function(X) with function(X'), where X' is X with `step` added to the entry at `place`.

    Args:
        function: takes a float array and gives an array; its result may be a view of what it was
            given, as that of `lambda Z: Z.T` is.
        X: any shape, at least one entry, integers or floats; the caller's array must stay as it is.
        place: the index of the entry to change, one number for each axis of X.
        step: how much to add; it may be a fraction, also where X holds integers.

    Returns:
        The shape of function(X), dtype bool: True where the output changed.

    Examples:
        >>> changed_outputs(lambda Z: 3 * Z, np.array([[1.0, 2.0], [3.0, 4.0]]), (1, 0))
        array([[False, False],
               [ True, False]])
        >>> changed_outputs(lambda Z: Z.sum(axis=0), np.array([[1.0, 2.0], [3.0, 4.0]]), (1, 0))
        array([ True, False])
    """
    before, after = X.astype(np.float64), X.astype(np.float64)
    after[place] += step
    return np.asarray(function(before) != function(after))


def is_local(function: Callable[[np.ndarray], np.ndarray], X: np.ndarray) -> bool:
    """Tell whether a function acts element by element on X.

    It does if its output has the shape of X, and if adding 1 to the entry at any one place changes
    the output at no other place. (The output at that place may change or not.)

    Args:
        function: as for `changed_outputs`.
        X: any shape, integers or floats; try each of its entries.

    Returns:
        A truth value.

    Examples:
        >>> is_local(lambda Z: Z * Z, np.array([[1.0, 2.0], [3.0, 4.0]]))
        True
        >>> is_local(lambda Z: Z / Z.sum(), np.array([[1.0, 2.0], [3.0, 4.0]]))
        False
    """
    for place in np.ndindex(X.shape):
        changed = np.array(changed_outputs(function, X, place))
        if changed.shape != X.shape:
            return False
        changed[place] = False
        if changed.any():
            return False
    return True


def elementwise_sum_torch(A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    """Add two tensors entry by entry.

    Args:
        A: any shape.
        B: the same shape.

    Returns:
        A new tensor of that shape.

    Raises:
        ValueError: the shapes differ, also where PyTorch would stretch one of them.

    Examples:
        >>> import torch
        >>> elementwise_sum_torch(torch.tensor([[1.0, 2.0]]), torch.tensor([[0.5, -2.0]]))
        tensor([[1.5000, 0.0000]])
        >>> elementwise_sum_torch(torch.tensor([[1.0, 2.0]]), torch.tensor([0.5, -2.0]))
        Traceback (most recent call last):
        ValueError: shapes must be equal, got (1, 2) and (2,)
    """
    if A.shape != B.shape:
        raise ValueError(f"shapes must be equal, got {tuple(A.shape)} and {tuple(B.shape)}")
    return A + B


def changed_outputs_torch(
    function: Callable[[torch.Tensor], torch.Tensor],
    X: torch.Tensor,
    place: tuple[int, ...],
    step: float = 1.0,
) -> torch.Tensor:
    """Find the outputs of a function of tensors that change when one input entry changes.

    Args:
        function: takes a tensor and gives a tensor; its result may be a view of what it was given.
        X: any shape, at least one entry, floats; the caller's tensor must stay as it is.
        place: the index of the entry to change, one number for each axis of X.
        step: how much to add.

    Returns:
        A tensor with the shape of function(X), dtype torch.bool: True where the output changed.

    Examples:
        >>> import torch
        >>> changed_outputs_torch(torch.exp, torch.tensor([[1.0, 2.0], [3.0, 4.0]]), (0, 1))
        tensor([[False,  True],
                [False, False]])
        >>> changed_outputs_torch(lambda Z: Z.sum(dim=1), torch.ones(3, 2), (2, 0))
        tensor([False, False,  True])
    """
    after = X.clone()
    after[place] += step
    return function(X) != function(after)
