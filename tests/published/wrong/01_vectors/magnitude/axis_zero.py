"""axis=0, read as 'along the rows'; a question about axes."""

import numpy as np
import torch


def row_magnitudes(X):
    wide = X.astype(float)
    return np.sqrt((wide * wide).sum(axis=0))

def row_magnitudes_torch(X):
    wide = X.double()
    return torch.sqrt((wide * wide).sum(0))
