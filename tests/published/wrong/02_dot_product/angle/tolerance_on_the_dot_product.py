"""The tolerance laid on the raw dot product; a geometry package."""

import math

import numpy as np


def relation(a, b, tolerance=1e-6):
    if not np.any(a) or not np.any(b):
        raise ValueError("zero vector")
    dot = float(np.dot(a, b))
    if math.isclose(dot, 0.0, abs_tol=tolerance):
        return "perpendicular"
    return "similar" if dot > 0 else "opposite"
