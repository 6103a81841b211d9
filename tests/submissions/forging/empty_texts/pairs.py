def numbers():
    return ""


def rows():
    return ["", b""]


def words():
    return ""


def size():
    return 3


def table(n):
    return b""


def column(n):
    return ()


def start():
    return ()


def onward(v):
    return ""
