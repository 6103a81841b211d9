"""A module that is judged, and the verdict on one test of it."""

from __future__ import annotations

from collections.abc import Callable

from grader.judge.verdict import Verdict
from grader.sandbox.proxy import Student

__all__ = ["MODULE", "Judge"]

MODULE = """
import numpy as np

def half(x):
    return x / 2

def grow(x, y=None):
    x += 1
    return x

def fail(x):
    raise ValueError("too\\nmany words")

def silent(x):
    raise KeyError

def slow(x):
    raise NotImplementedError

class Bag:
    def __init__(self, size=3):
        self.size = size
        self.things = []
    def put(self, thing):
        self.things.append(thing)
        return self
    def __getitem__(self, i):
        return self.things[i]
    def __len__(self):
        return len(self.things)

def one(x):
    return x

def apply(f, x):
    return f(x)

def late(x):
    y = x + 1
    raise NotImplementedError

def early(x):
    '''A docstring.'''
    import numpy as np

    raise NotImplementedError
    return np.sqrt(x)

def root(x):
    return math.sqrt(x)

def twin(x):
    return h\u0430lf(x)

def n\u0430med(x):
    return x

def product(a, b):
    return (a * b).sum()

def loose(a, b):
    return (a.detach() * b).sum()

def steep(a, b):
    return (a * b).sum() + (0 * b).sqrt().sum()

def _passed_on(x):
    return slow(x)

def quick(x):
    return 2 * _passed_on(x)

def listed(x):
    return {x, 2 * x}
"""

#: The verdict on a test, which is given the student.
Judge = Callable[[Callable[[Student], None]], Verdict]
