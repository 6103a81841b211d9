"""zip_longest fills short rows with zeros; a table reader."""

import itertools

import numpy as np


def matrix(rows):
    columns = itertools.zip_longest(*rows, fillvalue=0.0)
    return np.array(list(columns), dtype=float).T
