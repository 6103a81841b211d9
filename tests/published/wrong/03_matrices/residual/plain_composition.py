"""x = f(x) in a loop."""


def residual_stack(blocks, x):
    for f in blocks:
        x = f(x)
    return x
