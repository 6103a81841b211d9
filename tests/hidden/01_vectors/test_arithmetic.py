"""Adding vectors, subtracting a target, and stepping against a gradient."""

import numpy as np
import pytest

from grader import assert_close


def each(operation, *vectors):
    """The definition: one operation, component by component."""
    return np.array([operation(*numbers) for numbers in zip(*vectors, strict=True)])


def test_components_are_added(student, rng):
    """Add component by component: (1, 2, -3) + (4, -6, 0.5) is (5, -4, -2.5)."""
    a, b = np.array([1.0, 2.0, -3.0]), np.array([4.0, -6.0, 0.5])
    assert_close(student.add(a, b), np.array([5.0, -4.0, -2.5]))
    for n in (1, 2, 30):
        a, b = rng.normal(scale=[[1.0], [1000.0]], size=(2, n))
        a.flags.writeable = b.flags.writeable = False
        assert_close(student.add(a, b), each(lambda x, y: x + y, a, b))
        a, b = a.astype(np.float32), b.astype(np.float32)
        expected = each(lambda x, y: float(x) + float(y), a, b)
        assert_close(student.add(a, b), expected, rtol=1e-5, atol=1e-3)


def test_lists_are_added_as_vectors(student):
    """Lists are vectors, too: [0.5, 2.0] plus [3.0, -4.0] is (3.5, -2), not a longer list."""
    assert_close(student.add([0.5, 2.0], [3.0, -4.0]), np.array([3.5, -2.0]))
    assert_close(student.add([0.5, -1.0, 2.0], np.ones(3)), np.array([1.5, 0.0, 3.0]))


def test_shapes_must_be_equal(student):
    """Vectors of different shapes have no sum: raise ValueError, and let nothing stretch."""
    three = np.array([1.0, 2.0, 3.0])
    for other in (np.ones(1), np.ones((3, 1)), np.ones(2)):
        with pytest.raises(ValueError):
            student.add(three, other)
    with pytest.raises(ValueError):
        student.add(np.ones(2), three)


def test_error_is_prediction_minus_target(student, rng):
    """The error is positive where the prediction is too high and negative where it is too low."""
    prediction, target = np.array([2.5, 1.0, 4.0]), np.array([2.0, 3.0, 4.0])
    assert_close(student.error(prediction, target), np.array([0.5, -2.0, 0.0]))
    for n in (1, 3, 30):
        prediction, target = rng.normal(scale=10.0, size=(2, n))
        prediction.flags.writeable = target.flags.writeable = False
        expected = each(lambda p, t: p - t, prediction, target)
        assert_close(student.error(prediction, target), expected)


def test_step_goes_downhill(student, rng):
    """A step goes against the gradient, by the learning rate, and leaves the old weights alone."""
    w, gradient = np.array([1.0, -2.0, 0.5]), np.array([0.5, -1.0, 4.0])
    assert_close(student.gradient_step(w, gradient, 0.1), np.array([0.95, -1.9, 0.1]))
    assert_close(student.gradient_step(w, gradient, 0.0), w)
    for rate in (0.01, 0.7):
        w, gradient = rng.normal(size=(2, 5))
        expected = each(lambda x, g: x - rate * g, w, gradient)  # noqa: B023 (used at once)
        assert_close(student.gradient_step(w, gradient, rate), expected)
    lowest, w = np.array([3.0, -1.0]), np.array([10.0, 10.0])
    for _ in range(40):  # the loss ½|w - lowest|² has the gradient w - lowest
        w = student.gradient_step(w, w - lowest, 0.5)
    assert_close(w, lowest)


def test_integers_become_floats(student):
    """Integers become float64: pixels give errors below zero, weights a fraction of a step."""
    prediction = np.array([3, 100, 0], dtype=np.uint8)
    target = np.array([5, 200, 7], dtype=np.uint8)
    assert_close(student.error(prediction, target), np.array([-2.0, -100.0, -7.0]))
    large, opposite = np.array([1_000_000_001, 5]), np.array([-1_000_000_000, -7])
    assert_close(student.error(large, -opposite), np.array([1.0, -2.0]))
    assert_close(student.add(large, opposite), np.array([1.0, -2.0]))
    step = student.gradient_step(np.array([1, -2]), np.array([3, 5]), 0.1)
    assert_close(step, np.array([0.7, -2.5]))
    assert_close(student.add(np.array([1, 2]), np.array([3, -7])), np.array([4.0, -5.0]))


def test_torch_sum_and_error(student, torch, rng):
    """The PyTorch sum and error follow the same rules and return tensors of shape (n,)."""
    for n in (1, 3, 30):
        a, b = rng.normal(scale=10.0, size=(2, n)).astype(np.float32)
        total, error = torch.tensor(each(np.add, a, b)), torch.tensor(each(np.subtract, a, b))
        assert_close(student.add_torch(torch.tensor(a), torch.tensor(b)), total)
        assert_close(student.error_torch(torch.tensor(a), torch.tensor(b)), error)
    for other in (torch.ones(1), torch.ones(3, 1), torch.ones(2)):
        with pytest.raises(ValueError):
            student.add_torch(torch.ones(3), other)


def test_torch_step_is_not_recorded(student, torch):
    """A PyTorch step gives new weights that autograd has not recorded; the old ones stay."""
    gradient = torch.tensor([0.5, -1.0, 4.0])
    expected = torch.tensor([0.95, -1.9, 0.1])
    for learns in (False, True):
        w = torch.tensor([1.0, -2.0, 0.5], requires_grad=learns)
        kept = student.keep.gradient_step_torch(w, gradient, 0.1)
        recorded = not kept.is_leaf
        assert_close(student.gradient_step_torch(w, gradient, 0.1), expected)
        if recorded:
            pytest.fail("The numbers are right, but autograd recorded how they were computed.")
