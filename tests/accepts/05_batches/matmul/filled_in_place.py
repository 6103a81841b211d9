"""A table filled entry by entry with the dot product of unit 2; floats as wide as the inputs."""

import numpy as np
from dot_product import dot_product, dot_product_torch


def entry(A, B, i, j):
    return dot_product(A[i], B[:, j])  # raises ValueError for different lengths


def matmul(A, B):
    C = np.empty((A.shape[0], B.shape[1]), dtype=np.result_type(A, B, np.float32))
    for i, j in np.ndindex(*C.shape):
        C[i, j] = entry(A, B, i, j)
    return C


def power(A, k):
    product = A.astype(float)
    if k == 0:
        product[:] = 0
        product[range(len(A)), range(len(A))] = 1
    for _ in range(k - 1):
        product = matmul(product, A)
    return product


def matmul_torch(A, B):
    C = A.new_zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            C[i, j] += dot_product_torch(A[i], B[:, j])
    return C
