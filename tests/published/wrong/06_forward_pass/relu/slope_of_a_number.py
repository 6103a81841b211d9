"""if x <= 0: return 0, for one number."""


def relu_gradient(z):
    if z <= 0:
        return 0.0
    return 1.0
