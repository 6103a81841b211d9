def length(v):
    return length(v)
