"""unsqueezes x and forgets to squeeze."""


def matvec_torch(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("shapes")
    return (W.double() * x.double()).sum(dim=1, keepdim=True)
