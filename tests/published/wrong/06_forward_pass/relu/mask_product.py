"""z * (z > 0), the shortest of all."""


def relu(z):
    return z * (z > 0)
