"""Named axes; lengths divided out of the finished table."""

import numpy as np


def scores(Q, K):
    return np.einsum("...qd,...kd->...qk", Q, K)


def scaled_scores(Q, K):
    d = Q.shape[-1]
    return scores(Q / d**0.25, K / d**0.25)


def cosine_table(X, Y):
    rows, columns = np.linalg.norm(X, axis=-1), np.linalg.norm(Y, axis=-1)
    lengths = rows[..., :, None] * columns[..., None, :]
    return np.divide(scores(X, Y), lengths, out=np.zeros(lengths.shape), where=lengths != 0)


def scaled_scores_torch(Q, K):
    import torch

    return torch.einsum("...qd,...kd->...qk", Q, K) * Q.size(-1) ** -0.5


def cosine_table_torch(X, Y):
    from torch.nn import functional

    return functional.cosine_similarity(X.unsqueeze(-2), Y.unsqueeze(-3), dim=-1)
