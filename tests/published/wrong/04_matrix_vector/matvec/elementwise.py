"""W * x: NumPy users' star."""


def matvec_torch(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("shapes")
    return W.double() * x
