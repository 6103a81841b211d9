"""torch.tensor of the cosines and sines, which forgets the angle."""

import torch


def rotation_torch(angle):
    c, s = torch.cos(angle), torch.sin(angle)
    return torch.tensor(((c, -s), (s, c)), dtype=angle.dtype)
