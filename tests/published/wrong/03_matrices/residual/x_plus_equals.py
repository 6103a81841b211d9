"""x += f(x), the line of transformer code, on the caller's array."""


def residual(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    x += y
    return x
