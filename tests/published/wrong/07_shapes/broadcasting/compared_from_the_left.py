"""zip_longest from the left; a tensor class for learning."""

import itertools


def broadcast_shape(a, b):
    sizes = []
    for m, n in itertools.zip_longest(a, b, fillvalue=1):
        if m != n and m != 1 and n != 1:
            raise ValueError("cannot broadcast")
        sizes.append(n if m == 1 else m)
    return tuple(sizes)
