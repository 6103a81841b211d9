"""Appends rows to a list and returns it; three loops in pure Python."""


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    result = []
    for i in range(len(A)):
        row = []
        for j in range(len(B[0])):
            row.append(sum(float(A[i][k]) * float(B[k][j]) for k in range(len(B))))
        result.append(row)
    return result
