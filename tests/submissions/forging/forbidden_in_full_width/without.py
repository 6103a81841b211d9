import numpy as np


def first(v, w):
    return np.ｄｏｔ(v, w)


def second(v, w):
    return ｎｐ.dot(v, w)


def third(v, w):
    return v.𝐝𝐨𝐭(w)


def fourth(v, w):
    return getattr(v, "\x64ot")(w)


def fifth(v, w):
    return np.𝘦𝘪𝘯𝘴𝘶𝘮("i,i", v, w)


def sixth(v, w):
    return getattr(np, "do" + "t")(v, w)
