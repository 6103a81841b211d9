"""v.transpose(), expected to behave as in MATLAB."""


def column(v):
    return v.transpose()
