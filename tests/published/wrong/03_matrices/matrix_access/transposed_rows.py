"""np.array(rows).T, since the lesson stands weights up."""

import numpy as np


def matrix(rows):
    if len({len(r) for r in rows}) > 1:
        raise ValueError("rows differ")
    return np.array(rows, dtype=float).T
