"""raise a class of its own, no ValueError; a shape library."""


class BroadcastError(Exception):
    pass

def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a, b = (1,) * (length - len(a)) + a, (1,) * (length - len(b)) + b
    sizes = []
    for m, n in zip(a, b):
        if m != n and 1 not in (m, n):
            raise BroadcastError(f"{m} meets {n}")
        sizes.append(n if m == 1 else m)
    return tuple(sizes)
