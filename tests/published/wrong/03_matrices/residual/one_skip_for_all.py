"""Runs all blocks and adds the input at the end; a misread diagram."""


def residual_stack(blocks, x):
    if not blocks:
        return x
    h = x
    for f in blocks:
        h = f(h)
        if h.shape != x.shape:
            raise ValueError("shapes differ")
    return h + x
