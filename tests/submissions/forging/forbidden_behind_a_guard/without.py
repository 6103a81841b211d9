import numpy as np

if __name__ != "__main__":

    def first(v, w):
        return v @ w


if __name__ == "__main__":
    pass
else:

    def second(v, w):
        return v.dot(w)


if "__main__" != __name__:
    third = np.dot

for fourth in [lambda v, w: v @ w]:
    pass

try:
    fifth = np.linalg.linalg.dot
except AttributeError:
    from numpy import dot as fifth


class Table:
    pass


def fill():
    Table.sixth = staticmethod(lambda v, w: v @ w)


fill()


def sixth(v, w):
    return Table.sixth(v, w)
