"""torch.flatten without start_dim, .flatten() in NumPy."""

import torch


def flatten_batch(images):
    return images.flatten()

def flatten_batch_torch(images):
    return torch.flatten(images)
