"""raise Exception for rows of other lengths; a class Matrix with add_row."""

import numpy as np


def matrix(rows):
    for row in rows:
        if len(row) != len(rows[0]):
            raise Exception("row of size %d in a matrix of %d columns" % (len(row), len(rows[0])))
    return np.array(rows, dtype=float)
