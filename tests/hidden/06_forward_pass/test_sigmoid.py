"""The sigmoid, its slope, and both where a power of e overflows."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

SHAPES = ((), (6,), (4, 2), (3, 3), (2, 3, 4), (0, 3))


def definition(x):
    """s(x) for a number of moderate size."""
    return 1.0 / (1.0 + math.exp(-x))


def each(function, z):
    """A function of one number, entry by entry."""
    return np.array([function(x) for x in z.ravel().tolist()]).reshape(z.shape)


def fail_if_warned(student):
    told = [text for text in student.warnings if text.startswith("RuntimeWarning")]
    if told:
        pytest.fail(f"NumPy warned on the way: {told[0]}.")


def test_known_values(student):
    """s(0) is one half, s(ln 3) is 3/4, s(-ln 3) is 1/4 and s(ln 9) is 9/10."""
    z = np.array([0.0, math.log(3), -math.log(3), math.log(9)])
    assert_close(student.sigmoid(z), np.array([0.5, 0.75, 0.25, 0.9]))


def test_any_shape(student, rng):
    """Each entry is squeezed by itself, in an array of any shape, of floats or integers."""
    for shape in SHAPES:
        z = awkward(np.asarray(rng.normal(scale=4.0, size=shape)))
        assert_close(student.sigmoid(z), each(definition, z))
        single = z.astype(np.float32)
        assert_close(student.sigmoid(single), each(definition, single), rtol=1e-5, atol=1e-6)
    for whole in (
        np.array([[2, -3], [0, 1]]),
        np.array([3, 0, 200], dtype=np.uint8),
        np.array([-128, 3, 127], dtype=np.int8),
    ):
        assert_close(student.sigmoid(whole), each(definition, whole))


def test_symmetric_and_rising(student, rng):
    """s(-z) is 1 - s(z), and a larger z gives a larger answer."""
    z = np.sort(rng.uniform(-12.0, 12.0, size=40))
    got = student.sigmoid(z)
    if not isinstance(got, np.ndarray) or got.shape != z.shape:
        assert_close(got, z)  # says what is wrong with the type or the shape
    assert_close(student.sigmoid(-z), 1.0 - got)
    if not (np.diff(got) > -1e-12).all() or got[-1] - got[0] < 0.5:
        pytest.fail("A larger z gives a smaller answer, or the same one everywhere.")


def test_far_out_without_warning(student):
    """At ±1000 and ±infinity the answers are 0 and 1, for float32 too, and NumPy never warns."""
    for dtype in (np.float64, np.float32):
        z = np.array([-1000.0, 1000.0, -math.inf, math.inf, 0.0, -100.0, 100.0], dtype=dtype)
        got = student.sigmoid(z)
        close = {"rtol": 0.0, "atol": 1e-14} if dtype == np.float64 else {}
        assert_close(got, np.array([0.0, 1.0, 0.0, 1.0, 0.5, 0.0, 1.0]), **close)
        fail_if_warned(student)
    assert_close(student.sigmoid(np.array([[-1000], [1000]])), np.array([[0.0], [1.0]]))
    fail_if_warned(student)


def test_slope(student, rng):
    """The slope is s (1 - s): one quarter at 0, and less on both sides alike."""
    z = np.array([0.0, math.log(3), -math.log(3), math.log(9)])
    assert_close(student.sigmoid_gradient(z), np.array([0.25, 0.1875, 0.1875, 0.09]))

    def slope(x):
        return 1.0 / (2.0 + math.exp(x) + math.exp(-x))

    for shape in SHAPES:
        z = awkward(np.asarray(rng.normal(scale=4.0, size=shape)))
        assert_close(student.sigmoid_gradient(z), each(slope, z))
    single = np.array([-2.5, 0.5], dtype=np.float32)
    assert_close(student.sigmoid_gradient(single), each(slope, single), rtol=1e-5, atol=1e-6)
    for whole in (np.array([[2, -3]]), np.array([3, 0, 200], dtype=np.uint8)):
        assert_close(student.sigmoid_gradient(whole), each(slope, whole))


def test_flat_far_out(student):
    """At ±1000 and ±infinity the slope is 0, not nan, and NumPy never warns."""
    z = np.array([[-1000.0, 1000.0], [-math.inf, math.inf], [0.0, 100.0]])
    assert_close(student.sigmoid_gradient(z), np.array([[0.0, 0.0], [0.0, 0.0], [0.25, 0.0]]))
    fail_if_warned(student)


def test_torch_values(student, torch, rng):
    """The PyTorch version follows the same rules and keeps shape and dtype."""
    for dtype in (torch.float32, torch.float64):
        for shape in SHAPES:
            z = awkward(torch.tensor(rng.normal(scale=4.0, size=shape), dtype=dtype))
            expected = torch.tensor(each(definition, z.numpy()), dtype=dtype)
            assert_close(student.sigmoid_torch(z), expected, dtype=dtype)
    z = torch.tensor([-1000.0, 1000.0, -math.inf, math.inf])
    assert_close(student.sigmoid_torch(z), torch.tensor([0.0, 1.0, 0.0, 1.0]))


def test_autograd_follows(student, torch):
    """Autograd finds s (1 - s), at 0 too."""
    z = torch.tensor([0.0, math.log(3), -math.log(9)])
    _, (gradient,) = student.vjp("sigmoid_torch", (z,), torch.tensor([4.0, -2.0, 1.0]))
    assert_close(gradient, torch.tensor([1.0, -0.375, 0.09]))


def test_autograd_far_out(student, torch):
    """At ±1000 the gradient is 0 and not nan: one nan would spoil every weight of a network."""
    z = torch.tensor([-1000.0, 1000.0, math.log(3)])
    _, (gradient,) = student.vjp("sigmoid_torch", (z,), torch.ones(3))
    assert_close(gradient, torch.tensor([0.0, 0.0, 0.1875]))
