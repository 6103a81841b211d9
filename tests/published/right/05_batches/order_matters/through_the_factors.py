"""Back to the factors, multiplied, and turned at the end."""

import numpy as np
import torch


def transposed_product(At, Bt):
    return np.dot(At.T, Bt.T).T

def transposed_product_torch(At, Bt):
    return torch.matmul(At.transpose(-2, -1), Bt.transpose(-2, -1)).transpose(-2, -1)
