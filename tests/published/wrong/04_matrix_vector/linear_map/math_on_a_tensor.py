"""math.cos of a tensor, inside torch.tensor."""

import math

import torch


def rotation_torch(angle):
    c, s = math.cos(angle), math.sin(angle)
    return torch.tensor([[c, -s], [s, c]], dtype=angle.dtype)
