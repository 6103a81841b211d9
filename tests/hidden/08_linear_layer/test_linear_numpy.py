"""A linear layer in NumPy: its arrays, its starting values, its rule, and copies from PyTorch."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

LINEAR = """
def linear(W, b):
    layer = torch.nn.Linear(W.shape[1], W.shape[0], bias=b is not None)
    with torch.no_grad():
        layer.weight.copy_(W)
        if b is not None:
            layer.bias.copy_(b)
    return layer
"""
TRAIN = """
def train(layer):
    with torch.no_grad():
        layer.weight.mul_(-2.0)
        layer.bias.add_(1.0)
"""


def generator(student, seed=0):
    """A NumPy generator in the student's process."""
    return student.source("lambda seed: np.random.default_rng(seed)")(seed)


def layer_with(student, W, b):
    """A layer that holds these numbers."""
    layer = student.keep.LinearNumpy(W.shape[1], W.shape[0], generator(student))
    layer.weight, layer.bias = W, b
    return layer


def by_loops(W, b, x):
    """W x + b for each vector along the last axis of x."""

    def one(v):
        products = [[w * a for w, a in zip(row, v, strict=True)] for row in W.tolist()]
        return [math.fsum([*row, c]) for row, c in zip(products, b.tolist(), strict=True)]

    rows = [one(v) for v in x.reshape(-1, x.shape[-1]).tolist()]
    return np.array(rows).reshape(*x.shape[:-1], len(W))


def test_one_row_for_each_output(student):
    """weight has the shape (out, in): a row for each output, a column for each input; bias has
    (out,)."""
    for inputs, outputs in ((3, 2), (1, 4), (5, 1), (4, 4)):
        layer = student.keep.LinearNumpy(inputs, outputs, generator(student))
        weight, bias = layer.weight, layer.bias
        assert isinstance(weight, np.ndarray)
        assert isinstance(bias, np.ndarray)
        assert (weight.shape, weight.dtype.kind) == ((outputs, inputs), "f")
        assert (bias.shape, bias.dtype.kind) == ((outputs,), "f")


def test_starts_within_the_bound(student):
    """Weights and biases start anywhere between -1/√in and 1/√in, evenly, and nowhere else."""
    for inputs, outputs in ((4, 500), (100, 400), (1, 600)):
        layer = student.keep.LinearNumpy(inputs, outputs, generator(student, inputs))
        for numbers in (layer.weight, layer.bias):
            share = np.ravel(numbers) * math.sqrt(inputs)
            assert np.abs(share).max() <= 1 + 1e-12, "Some numbers lie beyond 1/√in."
            assert share.min() < -0.9, "None of the numbers comes near -1/√in."
            assert share.max() > 0.9, "None of the numbers comes near 1/√in."
            inner = np.mean(np.abs(share) < 0.5)
            assert 0.33 < inner < 0.67, "Half of the numbers should lie between ±1/(2√in)."


def test_generator_decides(student):
    """The numbers come from rng alone: a like generator gives them again, the same one gives new
    ones, and the biases are drawn anew, too."""
    first, second = generator(student, 7), generator(student, 7)
    one = student.keep.LinearNumpy(1, 5, first)
    again = student.keep.LinearNumpy(1, 5, second)
    assert_close(again.weight, one.weight)
    assert_close(again.bias, one.bias)
    following = student.keep.LinearNumpy(1, 5, first)
    other = student.keep.LinearNumpy(1, 5, generator(student, 8))
    drawn = [one.weight[:, 0], one.bias]
    drawn += [following.weight[:, 0], following.bias, other.weight[:, 0], other.bias]
    assert np.unique(np.concatenate(drawn)).size == 30


def test_weights_times_input_plus_bias(student):
    """One input of shape (in,) gives y = W x + b of shape (out,), the same at every call."""
    W, b = np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]]), np.array([10.0, -20.0])
    layer = layer_with(student, W, b)
    for x, y in (
        (np.array([2.0, 1.0, 4.0]), np.array([12.0, -18.0])),
        (np.array([-1, 3, 2]), np.array([4.0, -25.0])),
        (np.zeros(3), b),
    ):
        assert_close(layer.forward(x), y)
        assert_close(layer.forward(x), y)
    square = layer_with(student, np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([0.5, 0.25]))
    assert_close(square.forward(np.array([3.0, 4.0])), np.array([11.5, -3.75]))


def test_any_leading_shape(student, rng):
    """Only the last axis changes: (n, in) becomes (n, out) and (k, n, in) becomes (k, n, out)."""
    for inputs, outputs, leading in (
        (3, 2, (4,)),
        (3, 2, (2,)),
        (3, 4, (1,)),
        (4, 4, (4,)),
        (3, 2, (5, 4)),
        (3, 3, (3, 3)),
        (2, 5, (2, 1, 3)),
    ):
        W, b = rng.normal(size=(outputs, inputs)), rng.normal(scale=5.0, size=outputs)
        x = rng.normal(scale=3.0, size=(*leading, inputs))
        W, b, x = awkward(W), awkward(b), awkward(x)
        layer = layer_with(student, W, b)
        assert_close(layer.forward(x), by_loops(W, b, x))
        x = x.astype(np.float32)
        assert_close(layer.forward(x), by_loops(W, b, x.astype(float)), rtol=1e-5, atol=1e-5)


def test_last_axis_must_fit(student):
    """An input whose last axis is not as long as a row of W is refused with a ValueError."""
    layer = layer_with(student, np.ones((2, 3)), np.zeros(2))
    for shape in ((1,), (2,), (4,), (4, 1), (3, 2), (2, 3, 1)):
        with pytest.raises(ValueError):
            layer.forward(np.ones(shape))


def test_copy_of_a_torch_layer(student, torch, rng):
    """The NumPy copy holds what nn.Linear holds and computes what it computes; no bias means
    zeros."""
    linear = student.source(LINEAR)
    for inputs, outputs in ((3, 2), (2, 5), (4, 4)):
        W = rng.normal(size=(outputs, inputs)).astype(np.float32)
        x = rng.normal(size=(outputs, inputs)).astype(np.float32)
        b = rng.normal(size=outputs).astype(np.float32)
        for bias in (torch.tensor(b), None):
            copy = student.keep.LinearNumpy.from_torch(linear(torch.tensor(W), bias))
            assert_close(copy.weight, W)
            assert_close(copy.bias, np.zeros(outputs) if bias is None else b)
            expected = torch.nn.functional.linear(torch.tensor(x), torch.tensor(W), bias)
            assert_close(copy.forward(x), expected.numpy())


def test_copies_have_their_own_memory(student, torch):
    """Training the PyTorch layer afterwards leaves the NumPy copy as it was."""
    W, b = np.array([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]]), np.array([6.0, -7.0])
    source = student.source(LINEAR)(torch.tensor(W), torch.tensor(b))
    copy = student.keep.LinearNumpy.from_torch(source)
    student.source(TRAIN)(source)
    assert_close(copy.weight, W, rtol=1e-6)
    assert_close(copy.bias, b, rtol=1e-6)
