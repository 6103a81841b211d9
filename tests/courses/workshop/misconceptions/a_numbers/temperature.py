"""Wrong ideas about temperature."""


class RoundsTheZero:
    """Where exactly is absolute zero?"""

    def to_kelvin(celsius):
        if celsius < -273:
            raise ValueError
        return celsius + 273


class NeverRefuses:
    """Which readings cannot be?"""

    def to_kelvin(celsius):
        return celsius + 273.15


class IncludesTheBorder:
    """What does "below 10" say about 10 itself?"""

    def word(celsius):
        if celsius <= 10:
            return "cold"
        return "warm" if celsius <= 25 else "hot"


class HighestFirst:
    """Which of the two comes first?"""

    def extremes(readings):
        return max(readings), min(readings)


class SortsInPlace:
    """Does the caller want his readings in another order?"""

    def extremes(readings):
        readings.sort()
        return readings[0], readings[-1]


class ForgetsTheTable:
    """In which unit are the values of the table?"""

    def table(readings):
        return dict(readings)
