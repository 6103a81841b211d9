"""Calls np.atleast_2d so that shapes 'work later'; a habit in regression scripts."""

import numpy as np


def vector(components):
    return np.atleast_2d(np.asarray(components, dtype=np.float64))
