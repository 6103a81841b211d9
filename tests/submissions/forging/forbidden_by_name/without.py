import operator

import numpy as np

NAME = "dot"


def first(v, w):
    return getattr(v, NAME)(w)


def second(v, w):
    return operator.methodcaller("dot", w)(v)


def third(v, w):
    return v.__getattribute__("dot")(w)


def fourth(v, w):
    return getattr(v, "".join(["d", "o", "t"]))(w)


def fifth(v, w):
    return eval("v " + chr(64) + " w")


def sixth(v, w):
    return v.__matmul__(w)
