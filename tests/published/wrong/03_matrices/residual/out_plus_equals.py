"""out += identity, the line of the well-known block, where f may return x itself."""


def residual(f, x):
    identity = x
    out = f(x)
    if out.shape != identity.shape:
        raise ValueError("shapes differ")
    out += identity
    return out

def residual_torch(f, x):
    identity = x
    out = f(x)
    if out.shape != identity.shape:
        raise ValueError("shapes differ")
    out += identity
    return out
