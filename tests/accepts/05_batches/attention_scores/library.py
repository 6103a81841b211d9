"""Library functions throughout: broadcasting, moveaxis, baddbmm."""

import numpy as np


def scores(Q, K):
    return (Q[..., :, None, :] * K[..., None, :, :]).sum(axis=-1)


def scaled_scores(Q, K):
    root = np.sqrt(np.float64(K.shape[-1]))
    return np.matmul(Q, np.moveaxis(K, -1, -2)) / root


def cosine_table(X, Y):
    X = X / np.maximum(np.linalg.norm(X, axis=-1, keepdims=True), 1e-300)
    Y = Y / np.maximum(np.linalg.norm(Y, axis=-1)[..., np.newaxis], 1e-300)
    return np.matmul(X, Y.swapaxes(-2, -1))


def scaled_scores_torch(Q, K):
    import torch

    K = torch.transpose(K, -2, -1)
    return torch.matmul(Q, K).div(torch.sqrt(torch.tensor(float(K.shape[-2]))))


def cosine_table_torch(X, Y):
    import torch

    lengths = torch.bmm if X.dim() == 3 else torch.mm
    lengths = lengths(X.norm(dim=-1, keepdim=True), Y.norm(dim=-1, keepdim=True).mT)
    cosines = X @ Y.mT / lengths
    return torch.nan_to_num(cosines)
