"""What does a layer compute?

A layer of m neurons multiplies its input by W and adds a bias b, one number for each neuron:
W x + b. These are its pre-activations. Without a bias every neuron would answer 0 to the input 0.
With it, each neuron has a threshold of its own: the neuron with weights w fires where
w · x + b > 0. The border of that region is at right angles to w, and b moves it: seen from the
origin, it lies -b/|w| away in the direction of w.

Training sends a message back through the layer. If g holds how much the loss grows with each
output, then Wᵀ g holds how much it grows with each input. The transpose takes m numbers and gives
n, where W takes n and gives m. The bias plays no part in it.

Hints
-----
1. W of shape (m, n) takes x of shape (n,) to shape (m,). The gradient goes the other way, from
   (m,) to (n,).
2. What does the layer answer to x = 0? Through which weights does input j reach the outputs, and
   where in W do you find all of them?
3. `W @ x + ____`, then `____ > 0`, `-b / ____` and `W.____ @ g`.

Why it works
------------
On the border w · x + b = 0. A point s w/|w|, s away from the origin along w, gives s |w| + b, which
is 0 for s = -b/|w|. If x[j] grows by a little h, output i grows by W[i, j] h, and the loss by
g[i] W[i, j] h. The sum over all i is h times the dot product of column j of W and g, which is
entry j of Wᵀ g.
"""

from __future__ import annotations

import numpy as np


def affine(W: np.ndarray, x: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Compute the pre-activations of a layer, W x + b.

    Args:
        W: shape (m, n), one row of weights for each neuron.
        x: shape (n,), the input.
        b: shape (m,), floats, one bias for each neuron.

    Returns:
        Shape (m,), floats; entry i is row i of W · x + b[i].

    Raises:
        ValueError: b has not the shape (m,); (1,) and (m, 1) do not fit either.

    Examples:
        >>> W = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]])
        >>> affine(W, np.array([3.0, 1.0, 2.0]), np.array([0.5, -4.0]))
        array([ 5.5, -3. ])
        >>> affine(W, np.array([0.0, 0.0, 0.0]), np.array([0.5, -4.0]))
        array([ 0.5, -4. ])
    """
    _require_one_bias_each(W, b)
    return W @ x + b


def fires(W: np.ndarray, x: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Say for each neuron whether it fires, that is, whether W x + b > 0.

    A neuron whose pre-activation is exactly 0 does not fire.

    Args:
        W: shape (m, n).
        x: shape (n,).
        b: shape (m,).

    Returns:
        Shape (m,), booleans.

    Examples:
        >>> W = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]])
        >>> fires(W, np.array([3.0, 1.0, 2.0]), np.array([0.5, -4.0]))
        array([ True, False])
        >>> fires(W, np.array([3.0, 1.0, 2.0]), np.array([-5.0, -0.5]))
        array([False,  True])
    """
    return affine(W, x, b) > 0


def boundary(w: np.ndarray, b: float) -> float:
    """Measure where a neuron begins to fire: how far from the origin, along its weights.

    The points with w · x + b = 0 are its firing boundary. It crosses the line through the origin
    along w at the point s w/|w|, with s = -b/|w|.

    Args:
        w: shape (n,), the neuron's weights, not all zero.
        b: its bias, one number.

    Returns:
        The distance s, a float; negative where the boundary lies on the side that w points away
        from.

    Raises:
        ValueError: w is the zero vector; then there is no boundary.

    Examples:
        >>> boundary(np.array([0.0, 2.0]), -3.0)
        1.5
        >>> boundary(np.array([6.0, 8.0]), 5.0)
        -0.5
    """
    length = np.sqrt(w @ w)
    if length == 0:
        raise ValueError("a neuron without weights has no boundary")
    return float(-b / length)


def input_gradient(W: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Send the gradient of a loss back through a layer, from its output to its input.

    g[i] is the derivative of the loss with respect to output i. The derivative with respect to
    input j is entry j of Wᵀ g = W[0, j] g[0] + … + W[m - 1, j] g[m - 1].

    Args:
        W: shape (m, n), the layer's weight.
        g: shape (m,), one derivative for each output.

    Returns:
        Shape (n,), one derivative for each input.

    Examples:
        >>> W = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]])
        >>> input_gradient(W, np.array([1.0, 0.0]))
        array([1., 2., 0.])
        >>> input_gradient(W, np.array([1.0, 3.0]))
        array([ 1., -1.,  3.])
    """
    return W.T @ g


def affine_torch(W: torch.Tensor, x: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Compute W x + b with tensors, so that autograd can find its way back to all three.

    Args:
        W: shape (m, n), floats.
        x: shape (n,), floats.
        b: shape (m,), floats.

    Returns:
        A tensor of shape (m,), with a floating dtype.

    Raises:
        ValueError: b has not the shape (m,); (1,) and (m, 1) do not fit either.

    Examples:
        >>> import torch
        >>> W = torch.tensor([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]])
        >>> affine_torch(W, torch.tensor([3.0, 1.0, 2.0]), torch.tensor([0.5, -4.0]))
        tensor([ 5.5000, -3.0000])
        >>> affine_torch(W, torch.tensor([0.0, 0.0, 0.0]), torch.tensor([0.5, -4.0]))
        tensor([ 0.5000, -4.0000])
    """
    _require_one_bias_each(W, b)
    return W @ x + b


def _require_one_bias_each(W: np.ndarray | torch.Tensor, b: np.ndarray | torch.Tensor) -> None:
    if tuple(b.shape) != (W.shape[0],):
        raise ValueError(f"{W.shape[0]} neurons need as many biases, got shape {tuple(b.shape)}")
