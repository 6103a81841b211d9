def length(v):
    return float((v * v).sum() ** 0.5)
