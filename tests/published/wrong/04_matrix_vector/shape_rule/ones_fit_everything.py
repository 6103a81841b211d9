"""Lets a 1 pass, since 'it broadcasts'."""


def clash(left, right):
    inner, outer = left[1], right[0]
    if inner != outer and inner != 1 and outer != 1:
        return inner, outer
    return None
