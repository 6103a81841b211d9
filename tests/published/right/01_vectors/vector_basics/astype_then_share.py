"""astype makes the copy, so sharing afterwards is harmless; a conversion helper."""

import numpy as np
import torch


def copy_to_torch(v):
    mine = v.astype(np.float32, copy=True)
    return torch.from_numpy(mine)

def copy_to_numpy(t):
    return np.array(t.detach())
