import gc


class Loud:
    def __del__(self):
        raise SystemExit("freed")


def complain(phase, info):
    raise KeyboardInterrupt


def length(v):
    gc.callbacks.append(complain)
    gc.set_threshold(1, 1, 1)
    for _ in range(100):
        loud = Loud()
        loud.me = loud
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    return float((v * v).sum() ** 0.5)
