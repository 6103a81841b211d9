def length(v):
    return 10 ** (10**9) % 7
