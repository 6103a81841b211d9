"""The distance of a point from a plane, which has no sign; a geometry formula."""

import numpy as np


def boundary(w, b):
    norm = np.linalg.norm(w)
    if norm == 0:
        raise ValueError("no boundary")
    return float(np.abs(b) / norm)
