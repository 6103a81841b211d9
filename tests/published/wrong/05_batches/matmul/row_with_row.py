"""The sum over A[i] * B[j]."""


def entry(A, B, i, j):
    return float(sum(float(p) * float(q) for p, q in zip(A[i], B[j])))
