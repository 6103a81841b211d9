"""(A @ B).T for a batch of products."""

import torch


def transposed_product_torch(At, Bt):
    A, B = At.transpose(-2, -1), Bt.transpose(-2, -1)
    product = torch.matmul(A, B)
    return product.permute(*range(product.ndim - 1, -1, -1))
