"""Unpacks the shapes; the chain is checked in pairs; the layer's weight is set afterwards."""


def layer_sizes(W):
    m = len(W)
    return W.size // m, m


def clash(left, right):
    (_, columns), (rows, *_) = left, right
    if columns - rows:
        return columns, rows


def product_shape(left, right):
    m, n = left
    k, *rest = right
    if n != k:
        raise ValueError
    return (m, *rest)


def chain_sizes(shapes, size):
    arriving = [size, *(m for m, _ in shapes)]
    taken = [n for _, n in shapes]
    if arriving[: len(taken)] != taken:
        raise ValueError("broken chain")
    return arriving


def linear_layer(shape):
    import torch

    m, n = shape
    layer = torch.nn.Linear(1, 1)
    layer.weight = torch.nn.Parameter(torch.zeros(m, n))
    layer.bias = torch.nn.Parameter(torch.zeros(m))
    layer.in_features, layer.out_features = n, m
    return layer
