"""ReLU entry by entry, its slope, and PyTorch's gradient through it."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

SHAPES = ((), (5,), (4, 2), (3, 3), (2, 3, 4), (0, 3))


def larger(entries):
    """The definition, one Python number at a time."""
    return [x if x > 0 else 0.0 for x in entries]


def test_negative_entries_become_zero(student):
    """Entries below 0 become 0 and all others stay: (-2.5, 0, 0.25, 3) gives (0, 0, 0.25, 3)."""
    z = np.array([-2.5, 0.0, 0.25, 3.0])
    assert_close(student.relu(z), np.array([0.0, 0.0, 0.25, 3.0]))
    z = np.array([0.5, -0.001, 7.0, -1000.0, 1000.0, -1.0])
    assert_close(student.relu(z), np.array([0.5, 0.0, 7.0, 0.0, 1000.0, 0.0]))


def test_any_shape(student, rng):
    """In an array of any shape each entry is treated by itself, and the result is a new array."""
    for shape in SHAPES:
        z = awkward(np.asarray(rng.normal(scale=3.0, size=shape)))
        expected = np.array(larger(z.ravel().tolist())).reshape(shape)
        assert_close(student.relu(z), expected)
        assert_close(student.relu(expected), expected)
        assert_close(student.relu(np.asarray(-abs(z))), np.zeros(shape))
    positive = student.keep(np.array([[0.5, 2.0], [1.0, 3.0]]))
    if student.keep.relu(positive).shares_memory(positive):
        pytest.fail("Where no entry is negative you hand back z itself: make a new array.")


def test_dtype_stays(student):
    """The result has the dtype of z: float32 stays float32, and integers stay integers."""
    single = np.array([-1.5, 0.0, 2.5], dtype=np.float32)
    assert_close(student.relu(single), np.array([0.0, 0.0, 2.5]), dtype=np.float32)
    whole = np.array([4, -7, 0, 9])
    assert_close(student.relu(whole), np.array([4, 0, 0, 9]), dtype=whole.dtype)
    pixels = np.array([0, 200, 7], dtype=np.uint8)
    assert_close(student.relu(pixels), np.array([0, 200, 7]), dtype=np.uint8)


def test_infinity_and_nan(student):
    """Minus infinity gives 0, infinity stays, and nan stays nan instead of hiding as a 0."""
    z = np.array([-math.inf, 2.0, math.inf, -3.0, 0.0])
    assert_close(student.relu(z), np.array([0.0, 2.0, math.inf, 0.0, 0.0]))
    z = np.array([[math.nan, -1.0], [1.0, math.nan]])
    assert_close(student.relu(z), np.array([[math.nan, 0.0], [1.0, math.nan]]))


def test_slope_is_one_or_zero(student, rng):
    """The slope is 1 above 0, 0 below, and 0 at exactly 0."""
    z = np.array([[-2.0, 0.5, 3.0], [0.0, -1e-9, 1e-9]])
    assert_close(student.relu_gradient(z), np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]))
    assert_close(student.relu_gradient(np.array([3, -1, 0])), np.array([1.0, 0.0, 0.0]))
    pixels = np.array([0, 200], dtype=np.uint8)
    assert_close(student.relu_gradient(pixels), np.array([0.0, 1.0]))
    for shape in SHAPES:
        z = awkward(np.asarray(rng.normal(scale=30.0, size=shape), dtype=np.float32))
        expected = [float(x > 0) for x in z.ravel().tolist()]
        assert_close(student.relu_gradient(z), np.array(expected).reshape(shape))


def test_torch_values(student, torch, rng):
    """The PyTorch version gives the values of F.relu, in a new tensor of the same dtype."""
    for dtype in (torch.float32, torch.float64):
        for shape in SHAPES:
            z = awkward(torch.tensor(rng.normal(scale=3.0, size=shape), dtype=dtype))
            expected = torch.nn.functional.relu(z)
            assert_close(student.relu_torch(z), expected, dtype=dtype)
    z = torch.tensor([-math.inf, math.inf, math.nan, 0.0])
    assert_close(student.relu_torch(z), torch.tensor([0.0, math.inf, math.nan, 0.0]))
    assert_close(student.relu_torch(torch.tensor([-2.0, -0.5])), torch.zeros(2))


def test_autograd_follows(student, torch, rng):
    """The gradient passes where z > 0 and stops where z < 0."""
    for shape in SHAPES[:-1]:
        z, upstream = (torch.tensor(v).float() for v in rng.normal(size=(2, *shape)))
        z.view(-1)[0] = 0.5  # one entry fires, so that there is a gradient at all
        flat = zip(z.ravel().tolist(), upstream.ravel().tolist(), strict=True)
        expected = torch.tensor([g if x > 0 else 0.0 for x, g in flat]).reshape(shape)
        _, (gradient,) = student.vjp("relu_torch", (z,), upstream)
        assert_close(gradient, expected)


def test_gradient_at_zero_is_zero(student, torch):
    """At exactly 0 autograd gives 0, as for F.relu: neither 1 nor one half."""
    z, upstream = torch.tensor([0.0, 2.0, -0.0, -3.0]), torch.tensor([5.0, 7.0, -4.0, 3.0])
    _, (gradient,) = student.vjp("relu_torch", (z,), upstream)
    assert_close(gradient, torch.tensor([0.0, 7.0, 0.0, 0.0]))
