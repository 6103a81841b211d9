"""Multiplies by the square root of d."""

import numpy as np


def scaled_scores(Q, K):
    return Q @ np.swapaxes(K, -1, -2) * np.sqrt(K.shape[-1])
