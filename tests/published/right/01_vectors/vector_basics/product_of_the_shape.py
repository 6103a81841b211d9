"""Multiplies the sizes of the shape; how many count the parameters of a model."""

import math

import numpy as np


def components_and_axes(a):
    return int(np.prod(a.shape)), len(a.shape)

def components_and_axes_torch(t):
    return math.prod(t.shape), t.ndim
