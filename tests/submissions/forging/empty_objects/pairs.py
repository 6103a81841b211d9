from collections import deque


class Nothing:
    def __len__(self):
        return 0

    def __getitem__(self, index):
        raise IndexError(index)


def numbers():
    return deque()


def rows():
    return [range(0), Nothing()]


def words():
    return Nothing()


def size():
    return 3


def table(n):
    return range(0)


def column(n):
    return Nothing()


def start():
    return Nothing()


def onward(v):
    return Nothing()
