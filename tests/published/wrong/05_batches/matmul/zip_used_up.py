"""columns = zip(*B), an iterator that is empty after the first row."""

import numpy as np


def matmul(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("cannot multiply")
    columns = zip(*B.astype(float))
    rows = [[float(sum(x * y for x, y in zip(row, col))) for col in columns] for row in A]
    return np.array(rows)
