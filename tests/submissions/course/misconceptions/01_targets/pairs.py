"""Wrong ideas about pairs."""


class Counts:
    """CANARY-misconception-03be9a"""

    def numbers():
        return [0.0, 1.0, 2.0]
