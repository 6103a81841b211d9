"""The minus in the other corner."""

import torch


def rotation_torch(angle):
    c, s = torch.cos(angle), torch.sin(angle)
    return torch.stack([torch.stack([c, s]), torch.stack([-s, c])])
