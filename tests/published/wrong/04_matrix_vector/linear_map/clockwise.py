"""The minus sign on the other sine; a graphics program with y pointing down."""

import numpy as np


def rotation(angle):
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
