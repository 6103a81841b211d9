def length(v):
    return "\ud800\udfff"


def apply(W, x):
    return "x" * 3_000_000


def ordered(values):
    return b"\xff" * 3_000_000


def refuse(v):
    return {"\ud800": 1.0, ("a", 1): {2.0}}


def twice_torch(x):
    return "7.5\x00\r\x1b[31m\u2028\n\n\n\n\n\n\n\n\n\n"


globals().update({"\ud800": 1, 7: 2, "a\nb": 3})
