import warnings


def length(v):
    for i in range(100_000):
        warnings.warn(f"warning {i} " + "x" * 1000)
    return float((v * v).sum() ** 0.5)
