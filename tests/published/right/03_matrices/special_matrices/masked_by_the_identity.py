"""W times the identity, entry by entry; and the transpose scaled along its columns."""

import numpy as np


def keep_diagonal(W):
    return W * np.identity(W.shape[0])

def scale_rows(W, g):
    return (W.T * g).T
