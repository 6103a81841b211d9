"""Nine functions, one of which is called by five of the tests. CANARY-suite-b19e50"""

import numpy as np

from grader import assert_close

V = np.array([2.0, -1.0, 5.0])


def test_total(student):
    """The sum of three components."""
    assert_close(student.total(V), 6.0)


def test_total_of_many(student):
    """The sum of a hundred thousand components."""
    assert_close(student.total(np.ones(100_000)), 100_000.0)


def test_total_of_none(student):
    """The sum of no components is 0."""
    assert_close(student.total(np.array([])), 0.0)


def test_mean(student):
    """The mean of three components."""
    assert_close(student.mean(V), 2.0)


def test_largest(student):
    """The largest of three components."""
    assert_close(student.largest(V), 5.0)


def test_smallest(student):
    """The smallest of three components."""
    assert_close(student.smallest(V), -1.0)


def test_spread(student):
    """From the smallest to the largest."""
    assert_close(student.spread(V), 6.0)


def test_first(student):
    """The first of three components."""
    assert_close(student.first(V), 2.0)


def test_scaled(student):
    """Three times a vector."""
    assert_close(student.scaled(V, 3.0), 3.0 * V)


def test_reversed(student):
    """From last to first."""
    assert_close(student.turned(V), np.array([5.0, -1.0, 2.0]))


def test_dot(student):
    """The dot product of two vectors."""
    assert_close(student.dot(V, V), 30.0)


def test_total_again(student, rng):
    """The sum of random components."""
    for _ in range(3):
        v = rng.normal(size=4)
        assert_close(student.total(v), float(v.sum()))


def test_mean_is_total_by_count(student):
    """The mean is the total by the number of components."""
    assert_close(student.mean(V), student.total(V) / 3)
