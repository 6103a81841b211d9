"""einsum for the batch, .t() for the matrix."""

import torch


def transpose_torch(W):
    return W.t()

def transpose_each_torch(batch):
    return torch.einsum("...ij->...ji", batch)
