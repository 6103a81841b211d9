"""** 1/2 without brackets."""


def magnitude(v):
    return float((v.astype(float) ** 2).sum() ** 1/2)
