"""argmin, as with distances."""

import numpy as np


def nearest(query, embeddings):
    n = np.linalg.norm(embeddings, axis=1) * np.linalg.norm(query)
    s = np.divide(embeddings @ query, n, out=np.zeros(len(embeddings)), where=n > 0)
    return int(np.argmin(s))
