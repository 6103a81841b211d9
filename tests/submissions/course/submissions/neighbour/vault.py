"""A neighbour's work, which nobody else may see. CANARY-neighbour-6ac58d"""

import numpy as np


def number():
    return 48271.0625


def vector():
    return np.array([60318.75, -1277.5, 902.125])


def tensor_torch():
    import torch

    return torch.tensor([7741.5, -33.25])
