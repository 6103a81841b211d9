"""np.fromiter over the list; a parser of data files."""

import numpy as np


def vector(components):
    return np.fromiter(components, dtype=np.float64, count=len(components))
