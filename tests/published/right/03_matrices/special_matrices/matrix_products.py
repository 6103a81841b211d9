"""diag(g) @ W and W @ diag(g), as the formula has it."""

import numpy as np
import torch


def scale_rows(W, g):
    return np.dot(np.diag(g), W)

def scale_columns(W, g):
    return np.dot(W, np.diag(g))

def scale_rows_torch(W, g):
    return torch.mm(torch.diag(g), W)
