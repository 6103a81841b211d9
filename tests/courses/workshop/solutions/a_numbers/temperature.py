"""How warm is it?

Turn readings into kelvin, words and tables.

Hints
-----
1. A number in, a number out.
2. Which reading can never be?
3. return celsius + ____

Why it works
------------
Kelvin starts where nothing is colder.
"""

from __future__ import annotations

_ZERO = -273.15


def to_kelvin(celsius: float) -> float:
    """Kelvin of a reading in degrees Celsius.

    Raises:
        ValueError: nothing is that cold.

    Examples:
        >>> to_kelvin(0.0)
        273.15
        >>> to_kelvin(-300.0)
        Traceback (most recent call last):
        ValueError: colder than cold
    """
    if celsius < _ZERO:
        raise ValueError("colder than cold")
    return celsius - _ZERO


def word(celsius: float) -> str:
    """"cold" below 10, "warm" below 25, else "hot".

    Examples:
        >>> word(9.9)
        'cold'
    """
    if celsius < 10:
        return "cold"
    return "warm" if celsius < 25 else "hot"


def extremes(readings: list[float]) -> tuple[float, float]:
    """The lowest and the highest reading.

    Examples:
        >>> extremes([3.0, 1.0, 2.0])
        (1.0, 3.0)
    """
    return min(readings), max(readings)


def table(readings: dict[str, float]) -> dict[str, float]:
    """Kelvin by place.

    Examples:
        >>> table({"attic": 0.0})
        {'attic': 273.15}
    """
    return {place: to_kelvin(celsius) for place, celsius in readings.items()}
