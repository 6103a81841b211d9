import numpy as np

# The first piece of each is large: to fill all the memory bit by bit would take longer than a busy
# machine gives.


def length(v):
    return np.ones(1 << 29)


def apply(W, x):
    held = []
    while len(held) < 4096:
        held.append(np.zeros(1 << 22))


def ordered(values):
    held = list(values) * (1 << 22)
    while len(held) < 1 << 29:
        held += held


def refuse(v):
    text = "x" * (1 << 26)
    while len(text) < 1 << 32:
        text += text


def twice_torch(x):
    import torch

    return torch.ones(1 << 30)
