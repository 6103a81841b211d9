EVIL = "\x1b[2J\x1b]0;passed\x07\x9b31m\r\u202epassed\x00\x08"


def number():
    print(EVIL)
    raise ValueError(EVIL)


def vector():
    raise type(EVIL.replace("\0", ""), (Exception,), {})(EVIL)


def tensor_torch():
    print(EVIL, end="")
    return EVIL
