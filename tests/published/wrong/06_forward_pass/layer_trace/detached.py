"""detach() of the product to be safe."""

import torch


def layer_trace_torch(X, W, b):
    product = (X @ W.T).detach()
    Z = product + b
    return {"product": product, "Z": Z, "A": torch.relu(Z)}
