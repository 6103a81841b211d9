""".t().contiguous(), out of habit before a view."""


def transpose_torch(W):
    return W.t().contiguous()
