def length(v):
    return 2**2000


def apply(W, x):
    return [2**200_000, -(2**3000)]


def ordered(values):
    return 1 << 50_000_000


def refuse(v):
    return 2**64


def twice_torch(x):
    return -(2**63) - 1
