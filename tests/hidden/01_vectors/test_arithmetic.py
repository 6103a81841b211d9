"""Adding vectors, subtracting a target, and stepping against a gradient."""

import numpy as np
import pytest

from grader import assert_close, awkward


def each(operation, *vectors):
    """The definition: one operation, component by component."""
    return np.array([operation(*numbers) for numbers in zip(*vectors, strict=True)])


def test_components_are_added(student, rng):
    """Add component by component: (1, 2, -3) + (4, -6, 0.5) is (5, -4, -2.5)."""
    a, b = np.array([1.0, 2.0, -3.0]), np.array([4.0, -6.0, 0.5])
    assert_close(student.add(a, b), np.array([5.0, -4.0, -2.5]))
    for n in (1, 2, 30):
        a, b = rng.normal(scale=[[1.0], [1000.0]], size=(2, n))
        a, b = awkward(a), awkward(b)
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
    for n, dtype, atol in ((1, np.float64, 1e-9), (3, np.float32, 1e-4), (30, np.float64, 1e-9)):
        numbers = rng.normal(scale=10.0, size=(2, n)).astype(dtype)
        prediction, target = awkward(numbers[0]), awkward(numbers[1])
        expected = each(lambda p, t: float(p) - float(t), prediction, target)
        assert_close(student.error(prediction, target), expected, atol=atol)


def test_step_goes_downhill(student, rng):
    """A step goes against the gradient, by the learning rate, and leaves the old weights alone."""
    w, gradient = np.array([1.0, -2.0, 0.5]), np.array([0.5, -1.0, 4.0])
    assert_close(student.gradient_step(w, gradient, 0.1), np.array([0.95, -1.9, 0.1]))
    assert_close(student.gradient_step(w, gradient, 0.0), w)
    for rate, dtype, atol in ((0.01, np.float64, 1e-9), (0.7, np.float32, 1e-5)):
        w, gradient = map(awkward, rng.normal(size=(2, 5)).astype(dtype))
        expected = each(lambda x, g: float(x) - rate * float(g), w, gradient)  # noqa: B023
        assert_close(student.gradient_step(w, gradient, rate), expected, atol=atol)
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
    step = student.gradient_step(np.array([3, 200], dtype=np.uint8), np.array([4.0, -800.0]), 0.25)
    assert_close(step, np.array([2.0, 400.0]))
    assert_close(student.add(prediction + 200, target), np.array([208.0, 244.0, 207.0]))


def test_torch_sum_and_error(student, torch, rng):
    """The PyTorch sum and error follow the same rules and return tensors of shape (n,)."""
    for n, dtype in ((1, torch.float32), (3, torch.float64), (30, torch.float32)):
        a, b = rng.normal(scale=10.0, size=(2, n)).astype(np.float32)
        total, error = torch.tensor(each(np.add, a, b)), torch.tensor(each(np.subtract, a, b))
        a, b = (awkward(torch.tensor(v, dtype=dtype)) for v in (a, b))
        assert_close(student.add_torch(a, b), total)
        assert_close(student.error_torch(a, b), error)
    for other in (torch.ones(1), torch.ones(3, 1), torch.ones(2)):
        with pytest.raises(ValueError):
            student.add_torch(torch.ones(3), other)


def test_torch_step_is_not_recorded(student, torch):
    """A PyTorch step gives new weights that autograd has not recorded; the old ones stay."""
    expected = torch.tensor([0.95, -1.9, 0.1])
    for learns, dtype in ((False, torch.float64), (True, torch.float32)):
        gradient = awkward(torch.tensor([0.5, -1.0, 4.0], dtype=dtype))
        w = awkward(torch.tensor([1.0, -2.0, 0.5], dtype=dtype)).requires_grad_(learns)
        kept = student.keep.gradient_step_torch(w, gradient, 0.1)
        recorded = not kept.is_leaf
        assert_close(student.gradient_step_torch(w, gradient, 0.1), expected)
        if recorded:
            pytest.fail("The numbers are right, but autograd recorded how they were computed.")
