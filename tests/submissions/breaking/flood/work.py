import sys
import warnings


def length(v):
    while True:
        print("never enough" * 100)


def apply(W, x):
    while True:
        try:
            sys.stderr.write("x" * 10_000)
        except BaseException:
            return W @ x


def ordered(values):
    print("x" * 10_000_000)
    return sorted(values)
