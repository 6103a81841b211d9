"""A truth value: do they clash? A validation helper."""


def clash(left, right):
    compatible = left[1] == right[0]
    return not compatible
