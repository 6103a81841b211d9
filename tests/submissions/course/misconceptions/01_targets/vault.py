"""Wrong ideas about numbers."""

import numpy as np


class Guesses:
    """CANARY-misconception-1f66d2"""

    def number():
        return 12345.0

    def vector():
        return np.array([1.0, 2.0, 3.0])
