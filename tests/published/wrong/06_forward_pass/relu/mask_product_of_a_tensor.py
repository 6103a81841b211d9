"""z * (z > 0).float(), a hand-made activation."""


def relu_torch(z):
    return z * (z > 0).to(z.dtype)
