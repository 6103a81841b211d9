"""np.sum(predictions == Y) / Y.size, shapes unseen."""

import numpy as np


def accuracy(predictions, labels):
    hits = predictions == labels
    return float(np.sum(hits) / np.size(hits))
