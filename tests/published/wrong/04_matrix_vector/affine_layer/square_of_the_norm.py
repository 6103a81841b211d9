"""-b / (w @ w)."""


def boundary(w, b):
    if not w.any():
        raise ValueError("no weights")
    return float(-b / (w @ w))
