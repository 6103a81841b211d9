"""What does a layer compute?"""

from __future__ import annotations

import torch


def affine(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """x W^T + b for every row of x.

    Examples:
        >>> affine(torch.ones(1, 2), torch.tensor([[1.0, 2.0]]), torch.tensor([0.5]))
        tensor([[3.5000]])
    """
    raise NotImplementedError


class Affine(torch.nn.Module):
    """The same as a layer, with parameters W and b."""

    def __init__(self, n_in: int, n_out: int) -> None:
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """affine(x, W, b)."""
        raise NotImplementedError
