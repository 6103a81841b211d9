"""f(x) * x: a gate for a skip."""


def residual(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    return y * x
