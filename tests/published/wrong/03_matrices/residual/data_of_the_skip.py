"""f(x) + x.data, from code of the first versions of PyTorch."""


def residual_torch(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    return y + x.data
