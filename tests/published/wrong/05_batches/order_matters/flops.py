"""Counts flops, two for each term; a roofline model."""


def costs(m, n, p, q):
    def flops(a, b, c):
        return 2 * a * b * c

    return flops(m, n, p) + flops(m, p, q), flops(n, p, q) + flops(m, n, q)
