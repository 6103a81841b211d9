"""A[:, :, None] * B[None] and a sum, unchecked; array tricks."""

import numpy as np


def matmul(A, B):
    return (A.astype(float)[:, :, np.newaxis] * B[np.newaxis, :, :]).sum(axis=1)
