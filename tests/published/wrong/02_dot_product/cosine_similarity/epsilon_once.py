"""EPSILON below the line, as a course's lab solution has it."""

import numpy as np


def cosine_similarity(a, b):
    return float(np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-7))
