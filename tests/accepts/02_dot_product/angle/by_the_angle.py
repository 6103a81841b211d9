"""Clips with minimum and maximum, and tells the relation from the angle."""

import numpy as np


def angle(a, b):
    if np.all(a == 0) or np.all(b == 0):
        raise ValueError("no direction")
    cosine = np.dot(a, b) / np.linalg.norm(a) / np.linalg.norm(b)
    return np.arccos(np.minimum(1.0, np.maximum(-1.0, cosine)))


def relation(a, b, tolerance=1e-6):
    from_right = np.pi / 2 - angle(a, b)
    if abs(from_right) <= np.arcsin(tolerance):
        return "perpendicular"
    return ("opposite", "similar")[int(from_right > 0)]


def angle_torch(a, b):
    import torch

    if torch.count_nonzero(a) == 0 or torch.count_nonzero(b) == 0:
        raise ValueError("no direction")
    cosine = torch.nn.functional.cosine_similarity(a, b, dim=0)
    return torch.arccos(torch.clip(cosine, min=-1, max=1))
