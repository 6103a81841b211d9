"""The one-liner of a programming kata, made for Python's own integers."""


def magnitude(v):
    return float(sum([x**2 for x in v]) ** 0.5)
