"""A class, through handles."""

import pytest


def filled(student):
    tally = student.keep.Tally()
    for item in ("pear", "fig", "fig"):
        tally.add(item)
    return tally


def test_count(student):
    """Each item has a count of its own."""
    tally = filled(student)
    assert tally.count("fig") == 2
    assert tally.count("pear") == 1


def test_total(student):
    """The total counts every item that came."""
    tally = filled(student)
    tally.add("plum", times=4)
    assert tally.total == 7
    assert len(tally) == 3


def test_most_common(student):
    """Figs came most often."""
    assert filled(student).most_common() == ("fig", 2)


def test_empty(student):
    """A new tally is empty: no count, and nothing is most common."""
    filled(student)
    tally = student.keep.Tally()
    assert tally.count("fig") == 0
    with pytest.raises(LookupError):
        tally.most_common()
