import time


def length(v):
    time.sleep(0.3)
    return float((v * v).sum() ** 0.5)
