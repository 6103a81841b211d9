"""Wrong ideas about the work. CANARY-misconception-90ab3f"""

import numpy as np


class SumsTheComponents:
    """A length cannot be negative. What do you do to each component first?"""

    def length(v):
        return float(np.sum(v))


class TransposesTheMatrix:
    """Which index of W runs along x?"""

    def apply(W, x):
        return W.T @ x


class AddsTwo:
    """What is twice zero?"""

    def twice_torch(x):
        return x + 2
