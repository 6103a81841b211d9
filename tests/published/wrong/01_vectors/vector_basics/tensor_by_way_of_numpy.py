"""Goes through NumPy and keeps its 64 bits; from a question about Double and Float."""

import numpy as np
import torch


def vector_torch(components):
    return torch.from_numpy(np.array(components, dtype=float))
