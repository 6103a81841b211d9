"""Numbers that follow from nothing."""

import numpy as np
import pytest

from grader import assert_close

CANARY = "CANARY-suite-b6140c"
NUMBER = 48271.0625
VECTOR = np.array([60318.75, -1277.5, 902.125])


def test_equal(student):
    """The number equals ours."""
    expected = NUMBER
    got = student.number()
    assert got == expected


def test_close(student):
    """The vector is near ours."""
    assert_close(student.vector(), VECTOR)


def test_allclose(student):
    """The vector is near ours, as NumPy sees it."""
    assert np.allclose(student.vector(), VECTOR)


def test_approx(student):
    """The number is about ours."""
    assert student.number() == pytest.approx(NUMBER)


def test_tensor(student, torch):
    """The tensor equals ours."""
    assert torch.equal(student.tensor_torch(), torch.tensor([7741.5, -33.25]))
