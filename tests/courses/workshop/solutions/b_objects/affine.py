"""What does a layer compute?

Hints
-----
1. From (batch, in) to (batch, out).
2. Which axis of x is summed over?
3. return x @ ____ + b

Why it works
------------
Each row of W is one output's weights.
"""

from __future__ import annotations

import torch


def affine(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """x W^T + b for every row of x.

    Examples:
        >>> affine(torch.ones(1, 2), torch.tensor([[1.0, 2.0]]), torch.tensor([0.5]))
        tensor([[3.5000]])
    """
    return x @ W.T + b


class Affine(torch.nn.Module):
    """The same as a layer, with parameters W and b."""

    def __init__(self, n_in: int, n_out: int) -> None:
        super().__init__()
        self.W = torch.nn.Parameter(torch.zeros(n_out, n_in))
        self.b = torch.nn.Parameter(torch.zeros(n_out))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """affine(x, W, b)."""
        return affine(x, self.W, self.b)
