"""torch.mm, which takes matrices only."""

import torch


def transposed_product_torch(At, Bt):
    return torch.mm(Bt, At)
