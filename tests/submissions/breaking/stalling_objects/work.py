class Slow:
    def __getattribute__(self, name):
        while True:
            pass

    def __repr__(self):
        while True:
            pass

    __len__ = __iter__ = __bool__ = __eq__ = __hash__ = __repr__


def length(v):
    return Slow()


def apply(W, x):
    return [Slow()]
