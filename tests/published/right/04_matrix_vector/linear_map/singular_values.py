"""Counts singular values beside the largest one; stack of four for the rotation."""

import numpy as np
import torch


def image(A):
    s = np.linalg.svd(A, compute_uv=False)
    left = int(np.sum(s > s[0] * 1e-12)) if s[0] > 0 else 0
    return {0: "point", 1: "line", 2: "plane"}[left]

def rotation_torch(angle):
    c, s = angle.cos(), angle.sin()
    return torch.stack((c, -s, s, c)).reshape(2, 2)
