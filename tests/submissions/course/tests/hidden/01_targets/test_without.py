"""Six dot products, each of the same vectors. CANARY-suite-c40e17"""

import numpy as np

from grader import assert_close

V, W = np.array([1.5, -2.0, 4.0]), np.array([2.0, 0.5, 1.0])


def test_first(student):
    """The first one."""
    assert_close(student.first(V, W), 6.0)


def test_second(student):
    """The second one."""
    assert_close(student.second(V, W), 6.0)


def test_third(student):
    """The third one."""
    assert_close(student.third(V, W), 6.0)


def test_fourth(student):
    """The fourth one."""
    assert_close(student.fourth(V, W), 6.0)


def test_fifth(student):
    """The fifth one."""
    assert_close(student.fifth(V, W), 6.0)


def test_sixth(student):
    """The sixth one."""
    assert_close(student.sixth(V, W), 6.0)
