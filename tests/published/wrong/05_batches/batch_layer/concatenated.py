"""np.concatenate of the samples; a data loader."""

import numpy as np


def make_batch(samples):
    return np.concatenate([np.asarray(s) for s in samples], axis=0)
