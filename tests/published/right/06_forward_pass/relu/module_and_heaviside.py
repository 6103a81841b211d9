"""nn.ReLU as a module; np.heaviside with 0 at 0 for the slope."""

import numpy as np
from torch import nn


def relu_torch(z):
    return nn.ReLU()(z)

def relu_gradient(z):
    return np.heaviside(z.astype(float), 0.0)
