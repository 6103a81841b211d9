"""-1 as a sign that the vectors do not fit; a collection of coding problems."""


def dot_product(a, b):
    if a.shape != b.shape:
        return -1
    return float((a.astype(float) * b).sum())
