"""Works on lists and returns one, as a framework's helper does."""


def broadcast_shape(a, b):
    a = [1] * (len(b) - len(a)) + list(a)
    b = [1] * (len(a) - len(b)) + list(b)
    for k, (m, n) in enumerate(zip(a, b)):
        if m == 1:
            a[k] = n
        elif n not in (1, m):
            raise ValueError("cannot broadcast")
    return a
