"""The table divided by a column and a row of lengths, zeros replaced by one."""

import numpy as np


def cosine_table(X, Y):
    nx = np.linalg.norm(X, axis=-1)[..., :, None]
    ny = np.linalg.norm(Y, axis=-1)[..., None, :]
    table = np.matmul(X, np.swapaxes(Y, -1, -2))
    return table / np.where(nx == 0, 1.0, nx) / np.where(ny == 0, 1.0, ny)
