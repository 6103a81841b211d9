"""np.deg2rad at the start; an augmentation library."""

import numpy as np


def rotation(angle):
    theta = np.deg2rad(angle)
    c, s = np.cos(theta), np.sin(theta)
    return np.array([[c, -s], [s, c]])
