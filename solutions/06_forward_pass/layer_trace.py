"""What happens inside one layer?

A layer turns a batch into activations in three steps: it weighs the inputs, adds the biases and
applies ReLU. Each step has a result of its own, and all of them are worth seeing. Whoever looks for
a bug compares them one by one with numbers worked out by hand; and training keeps them, because the
way back through the layer needs them again.

So do not only compute the last result. Return every step under its name, as it was when it was
computed.

Hints
-----
1. X is (N, n) and W is (m, n): one row for each sample, one row for each neuron. All three results
   are (N, m). A single neuron's z is one number.
2. Which of the results would change if you went on computing in the same array? And which row of W
   belongs to neuron i?
3. `product = X @ ____`, `Z = ____ + b`, `A = np.maximum(____, 0)`, then a dict of the three.

Why it works
------------
Row s of X Wᵀ holds the dot products of sample s with each row of W. Adding b of shape (m,) shifts
column i by b[i], for all samples alike. Every step makes a new array, so that the earlier ones stay
what they were.
"""

from __future__ import annotations

import numpy as np


def layer_trace(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> dict[str, np.ndarray]:
    """Run a batch through one layer with ReLU, and keep every intermediate result.

    Three steps: the product X Wᵀ, the pre-activations Z = X Wᵀ + b, and the activations
    A = max(0, Z).

    Args:
        X: shape (N, n), integers or floats: one sample in each row.
        W: shape (m, n), floats: the weights of one neuron in each row.
        b: shape (m,), floats: one bias for each neuron.

    Returns:
        A dict with the keys "product", "Z" and "A", each an array of shape (N, m) of floats. None
        of X, W and b is changed.

    Examples:
        >>> X = np.array([[1.0, 2.0], [0.0, -1.0]])
        >>> W = np.array([[3.0, -1.0], [0.5, 0.0], [-2.0, 1.0]])
        >>> trace = layer_trace(X, W, np.array([-4.0, 1.0, 0.5]))
        >>> trace["product"]
        array([[ 1. ,  0.5,  0. ],
               [ 1. ,  0. , -1. ]])
        >>> trace["Z"]
        array([[-3. ,  1.5,  0.5],
               [-3. ,  1. , -0.5]])
        >>> trace["A"]
        array([[0. , 1.5, 0.5],
               [0. , 1. , 0. ]])
    """
    product = X @ W.T
    Z = product + b
    return {"product": product, "Z": Z, "A": Z.clip(min=0.0)}


def neuron_trace(x: np.ndarray, W: np.ndarray, b: np.ndarray, i: int) -> dict[str, object]:
    """Show how one neuron of the layer arrives at its activation for one sample.

    terms = (W[i, 0] x[0], …, W[i, n-1] x[n-1]), weighted_sum = their sum, z = weighted_sum + b[i],
    a = max(0, z).

    Args:
        x: shape (n,), integers or floats: one sample.
        W: shape (m, n), floats: the weights of the whole layer.
        b: shape (m,), floats.
        i: the neuron, from 0 to m - 1.

    Returns:
        A dict with the keys "terms", an array of shape (n,) of floats, and "weighted_sum", "z" and
        "a", one number each.

    Examples:
        >>> W = np.array([[3.0, -1.0], [0.5, 0.0]])
        >>> trace = neuron_trace(np.array([1.0, 2.0]), W, np.array([-4.0, 1.0]), 0)
        >>> trace["terms"]
        array([ 3., -2.])
        >>> [float(trace[key]) for key in ("weighted_sum", "z", "a")]
        [1.0, -3.0, 0.0]
    """
    terms = W[i] * x
    weighted_sum = terms.sum()
    z = weighted_sum + b[i]
    return {"terms": terms, "weighted_sum": weighted_sum, "z": z, "a": z.clip(min=0.0)}


def layer_trace_torch(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> dict[str, torch.Tensor]:
    """Run a batch of tensors through one layer with ReLU, and keep every intermediate result.

    Autograd must be able to follow all three back to X, W and b.

    Args:
        X: shape (N, n), floats.
        W: shape (m, n), floats of the same dtype.
        b: shape (m,), floats of the same dtype.

    Returns:
        A dict with the keys "product", "Z" and "A", each a tensor of shape (N, m) of that dtype.

    Examples:
        >>> import torch
        >>> X, W = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0, -1.0], [0.5, 0.0]])
        >>> trace = layer_trace_torch(X, W, torch.tensor([-4.0, 1.0]))
        >>> trace["Z"]
        tensor([[-3.0000,  1.5000]])
        >>> trace["A"]
        tensor([[0.0000, 1.5000]])
    """
    import torch

    product = X @ W.T
    Z = product + b
    return {"product": product, "Z": Z, "A": torch.relu(Z)}
