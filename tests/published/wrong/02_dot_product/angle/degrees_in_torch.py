"""torch.rad2deg at the end."""

import torch


def angle_torch(a, b):
    if not a.any() or not b.any():
        raise ValueError("zero")
    u, v = a / torch.linalg.vector_norm(a), b / torch.linalg.vector_norm(b)
    return torch.rad2deg(torch.acos((u @ v).clamp(-1, 1)))
