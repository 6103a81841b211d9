"""Kahan's formula: the half angle from the difference and the sum of the unit vectors."""

import numpy as np


def _unit(v):
    length = np.linalg.norm(v)
    if length == 0:
        raise ValueError("the zero vector has no unit vector")
    return v / length


def angle(a, b):
    u, v = _unit(a), _unit(b)
    return 2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v))


def relation(a, b, tolerance=1e-6):
    agreement = _unit(a) @ _unit(b)
    if np.isclose(agreement, 0.0, rtol=0.0, atol=tolerance):
        return "perpendicular"
    return "similar" if agreement > 0 else "opposite"


def angle_torch(a, b):
    import torch

    if not (a.any() and b.any()):
        raise ValueError("the zero vector has no unit vector")
    u = torch.nn.functional.normalize(a, dim=0)
    v = torch.nn.functional.normalize(b, dim=0)
    norm = torch.linalg.vector_norm
    return 2 * torch.atan2(norm(u - v), norm(u + v))
