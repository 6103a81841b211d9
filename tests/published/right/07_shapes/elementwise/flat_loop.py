"""A loop over the flat entries, reshaped at the end."""

import numpy as np


def elementwise_product(A, B):
    if np.shape(A) != np.shape(B):
        raise ValueError("shapes must agree")
    flat = [x * y for x, y in zip(A.ravel(), B.ravel())]
    return np.array(flat, dtype=np.result_type(A, B)).reshape(A.shape)
