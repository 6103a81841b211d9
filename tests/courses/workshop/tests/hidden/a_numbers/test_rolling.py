"""Windows, with numpy.testing."""

import numpy as np
import numpy.testing as npt


def test_small_window(student, rng):
    """Two neighbours at a time."""
    npt.assert_allclose(
        student.moving_average(np.array([1.0, 3.0, 2.0, 6.0]), 2), np.array([2.0, 2.5, 4.0])
    )
    x = rng.normal(size=9)
    npt.assert_allclose(student.moving_average(x, 2), (x[1:] + x[:-1]) / 2)


def test_whole_window(student):
    """A window of length 1 changes nothing."""
    x = np.array([0.5, -2.0, 4.0])
    npt.assert_array_almost_equal(student.moving_average(x, 1), x)


def test_pairs(student):
    """Each pair once, the smaller number first."""
    npt.assert_equal(student.pairs(4), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])


def test_matrix(student):
    """Row i holds x[i] minus the others."""
    got = student.differences(np.array([1.0, 4.0, 6.0]))
    npt.assert_array_equal(got, np.array([[0.0, -3.0, -5.0], [3.0, 0.0, -2.0], [5.0, 2.0, 0.0]]))
