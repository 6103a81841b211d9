"""np.dot of a row and a column, after the notation of an online course."""

import numpy as np


def pre_activation(w, x, b=0.0):
    w_row, x_col = w.reshape(1, -1), x.reshape(-1, 1)
    return np.dot(w_row, x_col) + b
