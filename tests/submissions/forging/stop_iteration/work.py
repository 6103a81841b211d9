def ordered(values):
    raise StopIteration


def refuse(v):
    return next(iter(()))
