import sys


def number():
    sys.exit(0)


def vector():
    raise SystemExit


def tensor_torch():
    exit()
