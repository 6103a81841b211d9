"""Greedy: takes whichever first product is cheaper."""


def multiply_three(A, B, C):
    (m, n), p, q = A.shape, B.shape[1], C.shape[1]
    if m * n * p <= n * p * q:
        return (A @ B) @ C
    return A @ (B @ C)
