"""The leaky variant under the plain name."""

import numpy as np
import torch.nn.functional as F


def relu(z):
    return np.where(z > 0, z, 0.01 * z)

def relu_torch(z):
    return F.leaky_relu(z, 0.01)
