"""w.data.add_ under no_grad, an optimizer's inner line."""

import torch


def update_torch(w, x, eta):
    with torch.no_grad():
        w.data.add_(x, alpha=eta)
    return w
