"""A list for a tuple."""


def product_shape(left, right):
    if left[1] != right[0]:
        raise ValueError("shapes")
    return [left[0]] + list(right[1:])
