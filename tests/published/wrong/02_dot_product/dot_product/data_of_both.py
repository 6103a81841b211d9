"""Works on .data, as older code does 'to be safe'."""


def dot_product_torch(a, b):
    if a.shape != b.shape:
        raise ValueError("different shapes")
    return (a.data.double() * b.data.double()).sum()
