"""Wrong ideas about windows."""

import numpy as np


class PadsWithZeros:
    """How many windows lie wholly inside?"""

    def moving_average(x, k):
        padded = np.concatenate([np.zeros(k - 1), x])
        return np.array([padded[i : i + k].mean() for i in range(len(x))])


class SumsTheWindow:
    """Is a mean as large as a sum?"""

    def moving_average(x, k):
        return np.array([x[i : i + k].sum() for i in range(len(x) - k + 1)])


class CountsBothWays:
    """Is (1, 0) another pair than (0, 1)?"""

    def pairs(n):
        return [(i, j) for i in range(n) for j in range(n) if i != j]


class OtherWayRound:
    """Which of the two is subtracted?"""

    def differences(x):
        return x[None, :] - x[:, None]
