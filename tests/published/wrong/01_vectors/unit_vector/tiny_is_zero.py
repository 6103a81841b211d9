"""Everything shorter than 1e-12 counts as zero; 'safe' normalization in geometry code."""

import numpy as np


def unit_vector(v):
    n = np.linalg.norm(v)
    return v / n if n > 1e-12 else np.zeros(v.shape)
