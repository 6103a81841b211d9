"""L1 habit: the size of the error."""

import torch


def error_torch(prediction, target):
    return torch.abs(prediction - target)
