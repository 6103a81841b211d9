"""a.base is None, which asks whether it is a view."""


def is_contiguous(a):
    return a.base is None
