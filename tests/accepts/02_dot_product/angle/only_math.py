"""Python numbers and the math module; the relation compares with the lengths multiplied out."""

import math


def _parts(a, b):
    a, b = a.tolist(), b.tolist()
    dot = math.fsum(x * y for x, y in zip(a, b, strict=True))
    lengths = math.hypot(*a) * math.hypot(*b)
    if lengths == 0:
        raise ValueError("zero vector")
    return dot, lengths


def angle(a, b):
    dot, lengths = _parts(a, b)
    return math.acos(max(-1.0, min(1.0, dot / lengths)))


def relation(a, b, tolerance=1e-6):
    dot, lengths = _parts(a, b)
    if dot > tolerance * lengths:
        return "similar"
    if dot < -tolerance * lengths:
        return "opposite"
    return "perpendicular"


def angle_torch(a, b):
    import torch

    return torch.tensor(angle(a, b), dtype=a.dtype)
