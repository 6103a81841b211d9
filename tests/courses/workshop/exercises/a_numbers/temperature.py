"""How warm is it?

Turn readings into kelvin, words and tables.
"""

from __future__ import annotations


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
    raise NotImplementedError


def word(celsius: float) -> str:
    """"cold" below 10, "warm" below 25, else "hot".

    Examples:
        >>> word(9.9)
        'cold'
    """
    raise NotImplementedError


def extremes(readings: list[float]) -> tuple[float, float]:
    """The lowest and the highest reading.

    Examples:
        >>> extremes([3.0, 1.0, 2.0])
        (1.0, 3.0)
    """
    raise NotImplementedError


def table(readings: dict[str, float]) -> dict[str, float]:
    """Kelvin by place.

    Examples:
        >>> table({"attic": 0.0})
        {'attic': 273.15}
    """
    raise NotImplementedError
