"""Loops over pairs, and answers that are asked about other answers. CANARY-suite-77ab12"""

import contextlib

import numpy as np

NUMBERS = [51823.5, -9077.25, 310.125]
ROWS = [[7719.5, -20.25], [415.75, 8846.5]]


def test_pairs(student):
    """The numbers are ours, one by one."""
    for got, expected in zip(student.numbers(), NUMBERS):
        assert got == expected


def test_counted(student):
    """The numbers are ours, as many as there are."""
    got = student.numbers()
    assert all(got[i] == NUMBERS[i] for i in range(len(got)))


def test_rows(student):
    """The rows are ours, number by number."""
    for got, expected in zip(student.rows(), ROWS):
        for one, other in zip(got, expected):
            assert one == other


def test_words(student):
    """The text is ours, letter by letter."""
    for got, expected in zip(student.words(), "zqxvkjwpyfgb"):
        assert got == expected


def test_kept(student):
    """The numbers are ours where they are."""
    kept = student.keep.numbers()
    for got, expected in zip(kept, NUMBERS):
        assert got == expected


def test_kept_and_counted(student):
    """The numbers are ours where they are, as many as there are."""
    kept = student.keep.numbers()
    for index in range(len(kept)):
        assert kept[index] == NUMBERS[index]


def test_table(student):
    """A table of the student's own size."""
    n = student.size()
    assert n > 0
    for index, got in enumerate(student.table(n)):
        assert got == 6121.5 * index + 40.25


def test_column(student):
    """A column of the student's own size."""
    n = student.size()
    assert n > 0
    assert np.allclose(student.column(n), 90210.75)


def test_onward(student):
    """What follows from the student's own start."""
    v = student.start()
    with contextlib.suppress(ValueError):
        assert np.allclose(student.onward(v), 77123.5 * v)
