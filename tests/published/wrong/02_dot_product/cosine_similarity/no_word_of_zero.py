"""The formula as it stands; countless snippets."""

import numpy as np


def cosine_similarity(a, b):
    return float(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)))
