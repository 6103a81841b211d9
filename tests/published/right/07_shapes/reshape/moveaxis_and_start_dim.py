"""np.moveaxis, torch.movedim and start_dim=1."""

import numpy as np
import torch


def channels_first(images):
    return np.moveaxis(images, -1, 1)

def channels_first_torch(images):
    return torch.movedim(images, 3, 1)

def flatten_batch_torch(images):
    return torch.flatten(images, start_dim=1)
