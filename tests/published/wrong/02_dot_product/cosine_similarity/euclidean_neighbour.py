"""The nearest tip, by np.linalg.norm of the differences; k-nearest neighbours."""

import numpy as np


def nearest(query, embeddings):
    distances = np.linalg.norm(embeddings - query, axis=1)
    return int(np.argmin(distances))
