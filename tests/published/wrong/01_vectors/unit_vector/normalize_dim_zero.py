"""F.normalize with dim=0."""

import torch.nn.functional as F


def unit_rows_torch(X):
    return F.normalize(X, dim=0, eps=1e-30)
