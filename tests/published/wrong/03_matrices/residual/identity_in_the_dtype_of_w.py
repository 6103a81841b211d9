"""An identity in the dtype of W, so that integers stay integers."""

import numpy as np


def residual_matrix(W):
    if W.shape[0] != W.shape[1]:
        raise ValueError("not square")
    return W + np.eye(W.shape[0], dtype=W.dtype)
