"""A.add_(B), an accumulation of gradients."""


def elementwise_sum(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes differ")
    A += B
    return A

def elementwise_sum_torch(A, B):
    if A.shape != B.shape:
        raise ValueError("shapes differ")
    return A.add_(B)
