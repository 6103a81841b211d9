"""Stops at v . v, as vector libraries for games do to save the root."""


def magnitude(v):
    return float(sum(float(x) * float(x) for x in v))
