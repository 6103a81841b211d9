"""Library functions throughout: broadcasting, moveaxis, baddbmm."""

import numpy as np


def scores(Q, K):
    return (Q[..., :, None, :] * K[..., None, :, :]).sum(axis=-1)


def scaled_scores(Q, K):
    root = np.sqrt(np.float64(K.shape[-1]))
    return np.matmul(Q, np.moveaxis(K, -1, -2)) / root


def cosine_table(X, Y):
    table = X @ Y.T
    table = table / np.maximum(np.linalg.norm(X, axis=1, keepdims=True), 1e-300)
    return table / np.maximum(np.linalg.norm(Y, axis=1), 1e-300)


def scaled_scores_torch(Q, K):
    import torch

    K = torch.transpose(K, -2, -1)
    return torch.matmul(Q, K).div(torch.sqrt(torch.tensor(float(K.shape[-2]))))


def cosine_table_torch(X, Y):
    import torch

    cosines = X @ Y.T / torch.outer(X.norm(dim=1), Y.norm(dim=1))
    return torch.nan_to_num(cosines)
