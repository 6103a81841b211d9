"""Readings: numbers, words, tuples and tables, in plain asserts."""

import pytest


@pytest.mark.parametrize(("celsius", "kelvin"), [(0.0, 273.15), (100.0, 373.15), (-273.15, 0.0)])
def test_water(student, celsius, kelvin):
    """Water freezes at 273.15 K and boils at 373.15 K."""
    assert student.to_kelvin(celsius) == pytest.approx(kelvin)


def test_below_absolute_zero(student):
    """A reading below -273.15 is a ValueError."""
    with pytest.raises(ValueError):
        student.to_kelvin(-273.16)


@pytest.mark.parametrize("celsius", [-5.0, 9.5, 10.0, 24.5, 25.0, 40.0])
def test_words(student, celsius):
    """10 is warm, and 25 is hot."""
    expected = "cold" if celsius < 10 else "warm" if celsius < 25 else "hot"
    assert student.word(celsius) == expected


def test_extremes(student):
    """The lowest reading comes first."""
    assert student.extremes([4.0, -1.5, 2.0]) == (-1.5, 4.0)


def test_table(student):
    """Each place keeps its name and gets kelvin."""
    assert student.table({"attic": 20.0, "cellar": 5.0}) == pytest.approx(
        {"attic": 293.15, "cellar": 278.15}
    )


def test_notes(student):
    """One reading is both extremes."""
    low, high = student.extremes([7.0])
    assert low == high
