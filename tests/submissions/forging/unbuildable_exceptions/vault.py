class Greedy(Exception):
    def __init__(self, a, b, c):
        super().__init__()

    def __reduce__(self):
        return eval, ("__import__('os')._exit(0)",)


class Mute(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


class Nameless(type):
    __name__ = property(lambda cls: 1 / 0)
    __module__ = property(lambda cls: 1 / 0)


class Worse(Exception, metaclass=Nameless):
    pass


def number():
    raise Greedy(1, 2, 3)


def vector():
    raise Mute


def tensor_torch():
    raise Worse
