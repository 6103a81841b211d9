"""return None where sizes clash; an editor plugin."""


def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a, b = (1,) * (length - len(a)) + a, (1,) * (length - len(b)) + b
    sizes = []
    for m, n in zip(a, b):
        if m != n and 1 not in (m, n):
            return None
        sizes.append(n if m == 1 else m)
    return tuple(sizes)
