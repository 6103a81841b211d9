"""The transposes in the order of the factors."""

import numpy as np
import torch


def transposed_product(At, Bt):
    return np.matmul(At, Bt)

def transposed_product_torch(At, Bt):
    return torch.matmul(At, Bt)
