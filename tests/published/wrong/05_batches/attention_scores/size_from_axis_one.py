"""d_k = K.shape[1], from a demo without a batch."""

import numpy as np


def scaled_scores(Q, K):
    d_k = K.shape[1]
    return Q @ np.swapaxes(K, -1, -2) / np.sqrt(d_k)
