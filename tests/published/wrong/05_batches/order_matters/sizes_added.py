"""m + n + p for m * n * p."""


def costs(m, n, p, q):
    return (m + n + p) + (m + p + q), (n + p + q) + (m + n + q)
