import functools

import _operator
import numpy as np


def hidden(name):
    return getattr(np, "".join(name))


def first(v, w):
    return float(np.apply_along_axis(hidden("dot"), 0, v, w))


def second(v, w):
    return functools.partial(hidden("dot"), v)(w)


def third(v, w):
    return hidden("dot").__wrapped__(v, w)


def fourth(v, w):
    return next(map(hidden("dot"), [v], [w]))


def fifth(v, w):
    return float(np.vectorize(hidden("einsum"), signature="(),(n),(n)->()")("i,i", v, w))


def sixth(v, w):
    return _operator.matmul(v, w)
