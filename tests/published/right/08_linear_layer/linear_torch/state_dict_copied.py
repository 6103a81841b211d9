"""Checks the shapes and loads a state dict, which copies."""

import torch


def copy_weights(layer, W, b):
    if tuple(layer.weight.shape) != W.shape or tuple(layer.bias.shape) != b.shape:
        raise ValueError("shapes must agree")
    layer.load_state_dict({"weight": torch.as_tensor(W), "bias": torch.as_tensor(b)})
