"""torch.reshape, thought to copy."""

import torch


def reshaped_copy_torch(t, shape):
    return torch.reshape(t, shape)
