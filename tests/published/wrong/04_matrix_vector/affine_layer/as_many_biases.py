"""len(b) != len(W) as the check, which lets columns pass."""


def affine(W, x, b):
    if len(b) != len(W):
        raise ValueError("need one bias for each neuron")
    return W.dot(x) + b
