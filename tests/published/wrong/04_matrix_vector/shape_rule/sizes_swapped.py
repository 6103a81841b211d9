"""(right, left) in the answer."""


def clash(left, right):
    if left[-1] == right[0]:
        return None
    return (right[0], left[-1])
