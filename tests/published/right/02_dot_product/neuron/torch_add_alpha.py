"""torch.add with alpha, and where in place of if."""

import torch


def update_torch(w, x, eta):
    return torch.add(w, x, alpha=eta)

def projection_torch(x, w):
    ww = torch.dot(w, w)
    share = torch.where(ww == 0, torch.zeros_like(ww), torch.dot(x, w) / ww)
    return share * w
