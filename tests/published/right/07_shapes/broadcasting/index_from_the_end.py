"""A loop from the last axis to the first, with 1 for what is missing."""


def broadcast_shape(a, b):
    n = max(len(a), len(b))
    result = [1] * n
    for i in range(n):
        da = a[i - n + len(a)] if i - n + len(a) >= 0 else 1
        db = b[i - n + len(b)] if i - n + len(b) >= 0 else 1
        if da == 1:
            result[i] = db
        elif db == 1 or db == da:
            result[i] = da
        else:
            raise ValueError(f"{a} and {b}")
    return tuple(result)
