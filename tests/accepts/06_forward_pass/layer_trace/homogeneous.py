"""The bias as one more weight, on a constant input of 1."""

import numpy as np


def layer_trace(X, W, b):
    ones = np.ones((len(X), 1))
    Z = np.hstack([X, ones]) @ np.hstack([W, b[:, None]]).T
    return {"product": np.matmul(X, np.transpose(W)), "Z": Z, "A": Z * (Z > 0)}


def neuron_trace(x, W, b, i):
    one = layer_trace(x[None], W[i : i + 1], b[i : i + 1])
    return {
        "terms": np.diag(W[i]) @ x,
        "weighted_sum": float(one["product"][0, 0]),
        "z": one["Z"][0, 0],
        "a": one["A"].item(),
    }


def layer_trace_torch(X, W, b):
    import torch

    layer = torch.nn.functional.linear
    ones = X.new_ones(len(X), 1)
    Z = layer(torch.cat([X, ones], dim=1), torch.cat([W, b.unsqueeze(1)], dim=1))
    return {"product": layer(X, W), "Z": Z, "A": torch.maximum(Z, Z.new_zeros(()))}
