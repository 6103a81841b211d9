import numpy as np


def length(v):
    return np.ones(1 << 29)


def apply(W, x):
    held = []
    while len(held) < 4096:
        held.append(bytearray(1 << 20))


def ordered(values):
    held = list(values)
    while len(held) < 1 << 29:
        held += held


def refuse(v):
    text = "x"
    while len(text) < 1 << 32:
        text += text


def twice_torch(x):
    import torch

    return torch.ones(1 << 30)
