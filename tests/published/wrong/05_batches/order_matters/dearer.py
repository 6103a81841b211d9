"""The comparison the wrong way round."""


def multiply_three(A, B, C):
    m, n = A.shape
    p, q = C.shape
    if m * n * p + m * p * q > n * p * q + m * n * q:
        return (A @ B) @ C
    return A @ (B @ C)
