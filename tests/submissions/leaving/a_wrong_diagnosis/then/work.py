def length(v):
    return float(v.sum())
