"""Adds x where the shapes agree and otherwise returns f(x); mobile image networks."""


def residual(f, x):
    y = f(x)
    if y.shape == x.shape:
        return y + x
    return y
