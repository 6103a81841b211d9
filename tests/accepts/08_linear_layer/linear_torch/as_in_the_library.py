"""reset_parameters as in the library, and addmm or matmul by the number of axes."""

import math

import torch


class LinearTorch(torch.nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.in_features = in_features
        self.weight = torch.nn.Parameter(torch.empty((out_features, in_features)))
        self.register_parameter("bias", torch.nn.Parameter(torch.empty(out_features)))
        if not bias:
            self.bias = None
        self.reset_parameters()

    def reset_parameters(self):
        torch.nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            bound = 1 / math.sqrt(self.in_features)
            torch.nn.init.uniform_(self.bias, -bound, bound)

    def forward(self, input):  # noqa: A002
        if self.bias is not None and input.dim() == 2:
            return torch.addmm(self.bias, input, self.weight.t())
        output = torch.matmul(input, self.weight.t())
        return output + self.bias if self.bias is not None else output


@torch.no_grad()
def copy_weights(layer, W, b):
    if list(W.shape) != list(layer.weight.shape):
        raise ValueError("W")
    if list(b.shape) != list(layer.bias.shape):
        raise ValueError("b")
    layer.weight[:] = torch.as_tensor(W)
    layer.bias[:] = torch.as_tensor(b)
