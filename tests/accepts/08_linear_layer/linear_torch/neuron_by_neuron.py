"""One sum for each neuron, and `.data` for the copy."""

import torch
from torch.nn import Module, Parameter


class LinearTorch(Module):
    def __init__(self, in_features, out_features, bias=True):
        Module.__init__(self)
        spread = torch.distributions.Uniform(-1 / in_features**0.5, 1 / in_features**0.5)
        self.weight = Parameter(spread.sample((out_features, in_features)))
        if bias:
            self.bias = Parameter(spread.sample((out_features,)))
        else:
            self.register_parameter("bias", None)

    def forward(self, x):
        columns = []
        for i, row in enumerate(self.weight):
            z = (x * row).sum(dim=-1)
            columns.append(z if self.bias is None else z + self.bias[i])
        return torch.stack(columns, dim=-1)


def copy_weights(layer, W, b):
    new = [torch.tensor(W, dtype=layer.weight.dtype), torch.tensor(b, dtype=layer.bias.dtype)]
    if new[0].shape != layer.weight.shape or new[1].shape != layer.bias.shape:
        raise ValueError("another shape")
    layer.weight.data, layer.bias.data = new
