"""Wrong ideas about reaching. CANARY-misconception-77c0d9"""


class Boasts:
    """CANARY-misconception-e21ab4"""

    def reached():
        return ["everything"]
