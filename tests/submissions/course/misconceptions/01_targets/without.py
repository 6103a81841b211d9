"""Wrong ideas about dot products. CANARY-misconception-55d0aa"""


class Adds:
    """What is done with each pair?"""

    def first(v, w):
        return float((v + w).sum())
