"""Aligns the two shapes at the right, the rule of broadcasting."""


def clash(left, right):
    a, b = left[-1], right[-1]
    if a == b:
        return None
    return (a, b)
