"""(z > 0) * z, which makes nan of an infinite entry and -0.0 of a negative one."""


def relu(z):
    return (z > 0) * z
