"""min of the two, as the dynamic program wants it."""


def costs(m, n, p, q):
    return min(m * n * p + m * p * q, n * p * q + m * n * q)
