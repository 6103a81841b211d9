"""X.var(dim=-1) with its default."""

import torch


def layer_norm_torch(X, eps=1e-5):
    m = X.mean(dim=-1, keepdim=True)
    v = X.var(dim=-1, keepdim=True)
    return (X - m) / torch.sqrt(v + eps)
