"""np.convolve and np.correlate of each basis vector, side by side."""

import numpy as np


def convolution_matrix(kernel, n, flip=True):
    slide = np.convolve if flip else np.correlate
    return np.stack([slide(e, kernel, "valid") for e in np.eye(n)], axis=1)
