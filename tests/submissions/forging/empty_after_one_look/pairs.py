class Shy(list):
    def __len__(self):
        return 0

    def __getitem__(self, index):
        raise IndexError(index)


def numbers():
    return Shy([1.0, 2.0, 3.0])


def rows():
    return Shy([Shy([1.0]), Shy([2.0])])


def words():
    return [Shy("a")] * 0


def size():
    return 3


def table(n):
    return Shy([1.0])


def column(n):
    return Shy([1.0])


def start():
    return Shy([1.0])


def onward(v):
    return Shy([1.0])
