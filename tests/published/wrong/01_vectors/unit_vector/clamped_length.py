"""Clamps the length at 1e-8 before dividing; a contrastive loss."""

import torch


def unit_vector_torch(v):
    length = torch.linalg.vector_norm(v)
    return v / torch.clamp(length, min=1e-8)

def unit_rows_torch(X):
    lengths = torch.linalg.vector_norm(X, dim=1, keepdim=True)
    return X / torch.clamp(lengths, min=1e-8)
