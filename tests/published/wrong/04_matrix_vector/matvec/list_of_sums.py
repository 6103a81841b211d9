"""Appends one sum after the other to a list and returns it."""


def matvec_rows(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("sizes do not match")
    result = []
    for i in range(len(W)):
        total = 0.0
        for j in range(len(x)):
            total += float(W[i][j]) * float(x[j])
        result.append(total)
    return result
