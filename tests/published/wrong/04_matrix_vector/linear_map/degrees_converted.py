"""np.radians(angle) first."""

import numpy as np


def rotation(angle):
    t = np.radians(angle)
    return np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
