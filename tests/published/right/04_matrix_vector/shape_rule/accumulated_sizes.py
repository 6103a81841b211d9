"""itertools.accumulate over the layers with the input in front."""

import itertools


def chain_sizes(shapes, size):
    def through(arriving, shape):
        m, n = shape
        if n != arriving:
            raise ValueError(f"{arriving} arrive, {n} are taken")
        return m

    return list(itertools.accumulate(shapes, through, initial=size))
