"""Writes through two slices of the flat vector."""

import torch


def silence_neuron(theta, outputs, inputs, i):
    theta[i * inputs : i * inputs + inputs] = 0
    theta[outputs * inputs + i] = 0

def reshaped_copy_torch(t, shape):
    return t.clone(memory_format=torch.contiguous_format).view(shape)
