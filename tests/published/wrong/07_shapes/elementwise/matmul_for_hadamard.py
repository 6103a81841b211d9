"""A @ B for A * B."""


def elementwise_product(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes")
    return A @ B
