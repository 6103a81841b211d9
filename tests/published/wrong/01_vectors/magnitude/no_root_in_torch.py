"""v @ v in torch."""


def magnitude_torch(v):
    v = v.double()
    return (v * v).sum()
