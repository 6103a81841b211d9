import math

import numpy as np


def cosine(a, b):
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    if lengths == 0:
        raise ValueError("the zero vector points nowhere")
    return min(1.0, max(-1.0, float(a @ b) / lengths))


def angle(a, b):
    return math.acos(cosine(a, b))


def relation(a, b, tolerance=1e-6):
    c = cosine(a, b)
    if abs(c) <= tolerance:
        return "perpendicular"
    if c > 0:
        return "similar"
    return "opposite"


def angle_torch(a, b):
    import torch

    lengths = a.norm() * b.norm()
    if lengths == 0:
        raise ValueError("the zero vector points nowhere")
    return torch.acos((a @ b / lengths).clamp(-1, 1))
