"""np.array(rows), whatever is in them; almost every notebook."""

import numpy as np


def matrix(rows):
    return np.array(rows)
