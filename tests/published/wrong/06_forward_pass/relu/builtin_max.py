"""max(0, z), from a course that used numbers."""


def relu(z):
    return max(0, z)
