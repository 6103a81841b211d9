"""Wrong ideas about many. CANARY-misconception-4be71c"""


class StartsAtOne:
    """Which number has the first component?"""

    def first(v):
        return float(v[1])
