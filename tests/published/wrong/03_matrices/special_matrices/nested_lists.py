"""A comprehension inside a comprehension; exercises in pure Python."""


def identity(n):
    return [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]
