"""x - f(x)."""


def residual(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes")
    return x - y
