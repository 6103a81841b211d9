"""A stack is a block and then a stack; I x is written out with an identity matrix."""

import numpy as np


def residual(f, x):
    y = f(x)
    if y.shape == x.shape:
        return np.sum([x @ np.eye(x.shape[-1]), y], axis=0)
    raise ValueError((y.shape, x.shape))


def residual_matrix(W):
    if W.T.shape != W.shape:
        raise ValueError(W.shape)
    identity_columns = np.identity(W.shape[1])
    columns = [W @ e + e for e in identity_columns]
    return np.stack(columns, axis=1)


def residual_stack(blocks, x):
    if not blocks:
        return x
    first, *rest = blocks
    return residual_stack(rest, residual(first, x))


def residual_torch(f, x):
    import torch

    y = f(x)
    if y.shape == x.shape:
        return torch.stack([x, y]).sum(dim=0)
    raise ValueError((y.shape, x.shape))
