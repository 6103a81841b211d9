class Slow(Exception):
    def __str__(self):
        while True:
            pass


class Long(Exception):
    def __str__(self):
        return "x" * (1 << 32)


def length(v):
    raise Slow


def apply(W, x):
    raise Long
