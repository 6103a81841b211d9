"""Walks over the indices of a and trusts b to have them; a test exercise."""


def dot_product(a, b):
    result = 0.0
    for i in range(len(a)):
        result += float(a[i]) * float(b[i])
    return result
