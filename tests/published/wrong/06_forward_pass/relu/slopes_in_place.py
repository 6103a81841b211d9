"""Sets the entries to 0 and 1 in the array it was given."""


def relu_gradient(z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return z.astype(float)
