"""zip_longest from the right and max of each pair, after a well-known answer."""

import itertools


def broadcast_shape(a, b):
    sizes = []
    for m, n in itertools.zip_longest(a[::-1], b[::-1], fillvalue=1):
        if m == 1 or n == 1 or m == n:
            sizes.append(max(m, n))
        else:
            raise ValueError(f"operands could not be broadcast: {a} {b}")
    return tuple(sizes[::-1])
