"""(Z > 0).mean()."""


def silent_share(Z):
    return float((Z > 0).mean())
