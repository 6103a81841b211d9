"""np.linalg.norm of the whole matrix, a function for vectors used on rows."""

import numpy as np


def similarities(query, embeddings):
    norms = np.linalg.norm(embeddings) * np.linalg.norm(query)
    if norms == 0:
        return np.zeros(len(embeddings))
    return np.dot(embeddings, query) / norms
