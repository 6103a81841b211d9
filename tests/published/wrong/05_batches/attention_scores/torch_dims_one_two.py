"""K.transpose(1, 2), for a batch only."""

import math

import torch


def scaled_scores_torch(Q, K):
    return torch.matmul(Q, K.transpose(1, 2)) / math.sqrt(Q.size(-1))
