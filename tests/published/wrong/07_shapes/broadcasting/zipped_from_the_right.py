"""zip of the reversed shapes, so that the longer one loses its front."""


def broadcast_shape(a, b):
    sizes = []
    for m, n in zip(a[::-1], b[::-1]):
        if m != n and m != 1 and n != 1:
            raise ValueError("cannot broadcast")
        sizes.insert(0, n if m == 1 else m)
    return tuple(sizes)
