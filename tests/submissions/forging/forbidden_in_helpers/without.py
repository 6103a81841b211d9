import importlib

import more.sums as sums
from helper import *
from helper import product as times
from kept import names

import helper


def first(v, w):
    return times(v, w)


def second(v, w):
    return helper.product(v, w)


def third(v, w):
    return multiply(v, w)


def fourth(v, w):
    return names["dot"](v, w)


def fifth(v, w):
    return sums.whole(v, w)


def sixth(v, w):
    return importlib.import_module("late").result(v, w)
