"""Work, compared in the styles that suites are written in."""

# CANARY-suite-3d8b21

import numpy as np
import pytest

from grader import assert_close


def test_length(student):
    """The length of (3, -4, 12) is 13."""
    assert_close(student.length(np.array([3.0, -4.0, 12.0])), 13.0)
    assert_close(student.length(np.array([0.0, 0.0])), 0.0)


def test_apply(student, rng):
    """A matrix acts on a vector row by row."""
    for _ in range(10):
        W, x = rng.normal(size=(3, 4)), rng.normal(size=4)
        np.testing.assert_allclose(student.apply(W, x), W @ x)


def test_ordered(student):
    """The numbers come in order."""
    questions = [[2.0, -1.0, 0.5], [1.0], [4.0, 3.0, 2.0, 1.0]]
    answers = map(student.ordered, questions)
    for got, expected in zip(answers, map(sorted, questions)):
        assert got == expected


def test_refuses(student):
    """An empty vector has no first component: ValueError."""
    assert student.refuse(np.array([7.5, 1.0])) == 7.5
    with pytest.raises(ValueError):
        student.refuse(np.array([]))


def test_twice(student, torch):
    """Twice a tensor has every component doubled."""
    x = torch.tensor([[1.5, -2.0], [0.0, 4.0]])
    assert torch.equal(student.twice_torch(x), x + x)
