"""Stands every vector upright at once, as course notebooks with columns of features do."""

import numpy as np
import torch


def vector(components):
    v = np.asarray(components, dtype=np.float64)
    return v.reshape(-1, 1)

def vector_torch(components):
    t = torch.tensor(components, dtype=torch.float32)
    return t.view(-1, 1)
