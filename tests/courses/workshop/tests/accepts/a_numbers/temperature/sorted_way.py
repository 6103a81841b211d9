"""Sorting a copy, and words from a list."""

import bisect


def to_kelvin(celsius):
    kelvin = 273.15 + celsius
    if celsius < -273.15:
        raise ValueError
    return kelvin


def word(celsius):
    return ["cold", "warm", "hot"][bisect.bisect_right([10, 25], celsius)]


def extremes(readings):
    ordered = sorted(readings)
    return (ordered[0], ordered[-1])


def table(readings):
    return dict(zip(readings, map(to_kelvin, readings.values())))
