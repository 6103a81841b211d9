"""The dot product of two vectors, and the loss built from it."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward


def sum_of_products(a, b):
    """The definition, added up without rounding errors."""
    return math.fsum(float(x) * float(y) for x, y in zip(a, b, strict=True))


def test_products_are_added(student):
    """Multiply entry by entry, then add: (1, 2, 3) · (4, 5, 6) is 4 + 10 + 18 = 32."""
    assert_close(student.dot_product(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])), 32.0)
    assert_close(student.dot_product(np.array([0.5, 4.0, 2.0]), np.array([8.0, 0.25, 3.0])), 11.0)


def test_any_length_and_sign(student, rng):
    """Any length and sign works: a result may be negative, and v · v is the squared length."""
    assert_close(student.dot_product(np.array([2, -3, 1]), np.array([4, 5, -6])), -13.0)
    assert_close(student.dot_product(np.array([2.0, -3.0, 6.0]), np.array([2.0, -3.0, 6.0])), 49.0)
    for n in (1, 2, 3, 7, 200):
        a, b = rng.normal(scale=[[3.0], [1000.0]], size=(2, n))
        a, b = awkward(a), awkward(b)
        assert_close(student.dot_product(a, b), sum_of_products(a, b))
        every_other = rng.normal(size=2 * n).astype(np.float32)[::2]
        single = a.astype(np.float32)
        expected = sum_of_products(every_other, single)
        assert_close(student.dot_product(every_other, single), expected, rtol=1e-4, atol=1e-2)


def test_small_integers_do_not_wrap_round(student):
    """The product of two 8-bit integers needs more than 8 bits: widen first, to float64."""
    a, b = np.array([100, 100], dtype=np.int8), np.array([2, 2], dtype=np.int8)
    assert_close(student.dot_product(a, b), 400.0)
    pixels = np.array([200, 100, 255], dtype=np.uint8)
    assert_close(student.dot_product(pixels, pixels), 115025.0)
    large = np.array([16_777_217, 16_777_216], dtype=np.int32)
    assert_close(student.dot_product(large, np.array([1, -1], dtype=np.int32)), 1.0)


def test_shapes_must_be_equal(student):
    """Vectors of different shapes have no dot product and no loss: raise ValueError."""
    three = np.array([1.0, 2.0, 3.0])
    for other in (np.array([4.0, 5.0]), np.array([4.0]), np.array([[4.0], [5.0], [6.0]])):
        with pytest.raises(ValueError):
            student.dot_product(three, other)
    with pytest.raises(ValueError):
        student.dot_product(np.array([4.0, 5.0]), three)
    for target in (np.array([4.0]), np.array([[4.0], [5.0], [6.0]])):
        with pytest.raises(ValueError):
            student.mean_squared_error(three, target)
    for target in (np.array([1.0]), np.array([[0.0], [1.0], [0.0]])):
        with pytest.raises(ValueError):
            student.cross_entropy(np.array([0.25, 0.5, 0.25]), target)


def test_loss_is_the_mean_of_squared_errors(student, rng):
    """The loss is the error dotted with itself, divided by the number of entries."""
    prediction, target = np.array([3.0, 1.0, 4.0]), np.array([1.0, 2.0, 1.0])
    assert_close(student.mean_squared_error(prediction, target), 14 / 3)
    for n, dtype in ((1, np.float64), (4, np.float32), (30, np.float64)):
        pair = rng.normal(size=(2, n))
        if dtype == np.float32:
            pair = np.round(8 * pair) / 8  # numbers that float32 squares exactly
        prediction, target = map(awkward, pair.astype(dtype))
        errors = (float(p) - float(t) for p, t in zip(prediction, target, strict=True))
        expected = math.fsum(e * e for e in errors) / n
        assert_close(student.mean_squared_error(prediction, target), expected)


def test_cross_entropy_is_a_dot_product(student, rng):
    """The loss of a classifier is -target · log(probabilities), for one right class or shares."""
    probabilities, shares = np.array([0.5, 0.125, 0.375]), np.array([0.25, 0.75, 0.0])
    assert_close(student.cross_entropy(probabilities, np.array([0, 1, 0])), 3 * math.log(2))
    single = awkward(probabilities.astype(np.float32)), awkward(shares.astype(np.float32))
    assert_close(student.cross_entropy(*single), 2.5 * math.log(2))
    for n in (2, 10):
        probabilities, shares = map(awkward, rng.dirichlet(np.ones(n), size=2))
        expected = -sum_of_products(shares, [math.log(p) for p in probabilities])
        assert_close(student.cross_entropy(probabilities, shares), expected)
    nearly_none, one_hot = np.array([1e-30, 1.0]), np.array([1, 0], dtype=np.uint8)
    assert_close(student.cross_entropy(nearly_none, one_hot), 30 * math.log(10))


def test_torch_agrees(student, torch, rng):
    """The PyTorch version follows the same rules and returns a tensor of shape ()."""
    for n, dtype in ((3, torch.float32), (8, torch.float64)):
        a, b = rng.normal(size=(2, n)).astype(np.float32)
        given = (awkward(torch.tensor(v, dtype=dtype)) for v in (a, b))
        assert_close(student.dot_product_torch(*given), torch.tensor(sum_of_products(a, b)))
    for dtype in (torch.int8, torch.uint8, torch.int64):
        small = torch.tensor([100, 100, 3], dtype=dtype)
        assert_close(student.dot_product_torch(small, small), torch.tensor(20009.0))
    for other in (torch.ones(2), torch.ones(1), torch.ones(3, 1)):
        with pytest.raises(ValueError):
            student.dot_product_torch(torch.ones(3), other)


def test_gradient_is_the_other_vector(student, torch):
    """Autograd can follow the result back: the gradient of a · b is b for a, and a for b."""
    a, b = torch.tensor([1.5, -2.0, 0.5]), torch.tensor([0.25, 3.0, 2.0])
    value, (for_a, for_b) = student.vjp("dot_product_torch", (a, b), torch.tensor(1.0))
    assert_close(value, torch.tensor(-4.625))
    assert_close(for_a, b)
    assert_close(for_b, a)
