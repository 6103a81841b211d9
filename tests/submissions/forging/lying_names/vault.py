import numpy as np

Fake = type("ndarray", (), {"__module__": "numpy", "__qualname__": "ndarray"})
Long = type("x" * 100_000, (), {"__module__": "numpy"})


class Odd(type):
    def __getattribute__(cls, name):
        return [name]


def number():
    return Fake()


def vector():
    return Long()


def tensor_torch():
    return Odd("Odd", (), {})()
