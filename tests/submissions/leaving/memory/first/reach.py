import ctypes

import numpy as np

WORD = b"CANARY-" + b"left-90ffee"
LIBC = ctypes.CDLL(None)
LIBC.malloc.restype = ctypes.c_void_p


def reached():
    kept = [WORD * n for n in range(1, 200)]
    array = np.frombuffer(WORD * 100_000, np.uint8).copy()
    for size in (1 << 10, 1 << 16, 1 << 20):
        block = LIBC.malloc(ctypes.c_size_t(size))
        ctypes.memmove(block, WORD * (size // len(WORD)), size // len(WORD) * len(WORD))
    return [] if len(kept) + len(array) else kept
