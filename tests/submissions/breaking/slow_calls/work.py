import time


def apply(W, x):
    until = time.perf_counter() + 0.4
    while time.perf_counter() < until:
        pass
    return W @ x
