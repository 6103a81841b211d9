"""int(size / known): floats in between."""


def solve_shape(size, shape):
    if shape.count(-1) > 1:
        raise ValueError("only one unknown")
    known = 1
    for n in shape:
        if n != -1:
            known *= n
    if -1 not in shape:
        if known != size:
            raise ValueError("wrong product")
        return shape
    missing = size / known
    if not missing.is_integer():
        raise ValueError("does not divide")
    return tuple(int(missing) if n == -1 else n for n in shape)
