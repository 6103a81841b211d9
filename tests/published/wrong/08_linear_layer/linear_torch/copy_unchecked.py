"""weight.data.copy_(...) without a look at shapes."""

import torch


def copy_weights(layer, W, b):
    layer.weight.data.copy_(torch.from_numpy(W))
    layer.bias.data.copy_(torch.from_numpy(b))
