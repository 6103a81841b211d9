import ctypes
import faulthandler


def length(v):
    ctypes.string_at(0)


def apply(W, x):
    faulthandler._sigsegv()


def ordered(values):
    ctypes.memset(id(None), 0, 64)
    return None
