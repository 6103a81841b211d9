"""A layer over one sample, a batch, and a batch of sequences."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

W = np.array([[1.0, -2.0, 0.5], [4.0, 0.0, -1.0]])
B = np.array([10.0, -20.0])


def alone(x, W, b):
    """One sample through the layer, neuron by neuron, in Python numbers."""
    return [
        math.fsum([*(w * v for w, v in zip(row, x, strict=True)), bias])
        for row, bias in zip(np.asarray(W).tolist(), np.asarray(b).tolist(), strict=True)
    ]


def each(X, W, b):
    """All samples of a batch, one after another."""
    return np.array([alone(x, W, b) for x in np.asarray(X).tolist()])


def test_samples_become_rows(student, rng):
    """A batch has a sample in each row, in order; with unequal samples there is a ValueError."""
    first, second, third = np.array([1.5, 2.0]), np.array([-3.0, 4.0]), np.array([0.0, 6.0])
    expected = np.array([[1.5, 2.0], [-3.0, 4.0], [0.0, 6.0]])
    assert_close(student.make_batch([first, second, third]), expected)
    for count, n in ((4, 3), (3, 3), (1, 5), (1, 1)):
        X = rng.normal(size=(count, n))
        X = awkward(X.astype(np.float32) if count == n else X)
        assert_close(student.make_batch(list(X)), X)
    for sizes in ((3, 2), (2, 3), (3, 1), (2, 2, 4)):
        with pytest.raises(ValueError):
            student.make_batch([np.ones(size) for size in sizes])


def test_one_sample_keeps_its_batch_axis(student, rng):
    """One sample out of a batch is a batch of one: a row of shape (1, n), not a vector."""
    X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert_close(student.only_sample(X, 0), np.array([[1.0, 2.0, 3.0]]))
    assert_close(student.only_sample(X, 1), np.array([[4.0, 5.0, 6.0]]))
    X = awkward(rng.normal(size=(4, 4)).astype(np.float32))
    for i in range(4):
        assert_close(student.only_sample(X, i), X[i : i + 1])


def test_one_sample(student, rng):
    """A single sample of shape (n,) gives (m,), and the sample zero gives the bias."""
    assert_close(student.layer(np.array([2.0, -1.0, 4.0]), W, B), np.array([16.0, -16.0]))
    assert_close(student.layer(np.array([4, 1, 1]), W, B / 4), np.array([5.0, 10.0]))
    pixels = np.array([200, 100, 4], dtype=np.uint8)
    assert_close(student.layer(pixels, W, B / 4), np.array([4.5, 791.0]))
    assert_close(student.layer(np.zeros(3), W, B), B)
    for n, m in ((5, 3), (3, 3), (1, 4), (4, 1)):
        x, weights, bias = rng.normal(size=n), rng.normal(size=(m, n)), rng.normal(size=m)
        x, weights, bias = awkward(x), awkward(weights), awkward(bias)
        assert_close(student.layer(x, weights, bias), np.array(alone(x.tolist(), weights, bias)))


def test_batch_of_samples(student, rng):
    """(4, 3) samples and (2, 3) weights give (4, 2): a row for each sample, a column a neuron."""
    square, samples = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.0, 1], [0, 2], [-1, 3]])
    expected = np.array([[3.5, 4.0], [4.5, 0.0], [5.5, -4.0]])
    assert_close(student.layer(samples, square, np.array([0.5, 2.0])), expected)
    X = np.array([[1.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 4.0], [1.0, 1.0, -2.0]])
    expected = np.array([[11.0, -16.0], [6.0, -20.0], [12.0, -24.0], [8.0, -14.0]])
    assert_close(student.layer(X, W, B), expected)
    assert_close(student.layer(X[:2], W, B), expected[:2])  # as many samples as neurons
    assert_close(student.layer(X[:1], W, B), expected[:1])
    for count, n, m in ((5, 4, 3), (3, 3, 3), (2, 2, 2), (6, 2, 4)):
        X, weights, bias = (
            rng.normal(scale=3.0, size=shape) for shape in ((count, n), (m, n), (m,))
        )
        X.flags.writeable = weights.flags.writeable = bias.flags.writeable = False
        assert_close(student.layer(X, weights, bias), each(X, weights, bias))
        single = (array.astype(np.float32) for array in (X, weights, bias))
        assert_close(student.layer(*single), each(X, weights, bias), rtol=1e-4, atol=1e-4)


def test_rows_are_independent(student, rng):
    """Row i is what sample i gives alone, so reordering the samples only reorders the rows."""
    for count, n, m in ((7, 3, 2), (4, 4, 4)):
        X = np.round(rng.normal(scale=100.0, size=(count, n))).astype(np.int16)
        weights, bias = rng.normal(size=(m, n)), rng.normal(size=m)
        expected = each(X, weights, bias)
        assert_close(student.layer(X, weights, bias), expected)
        order = rng.permutation(count)
        assert_close(student.layer(X[order], weights, bias), expected[order])
        for i in range(count):
            assert_close(student.layer(X[i], weights, bias), expected[i])
        X[1:] = 0
        expected[1:] = bias
        assert_close(student.layer(X, weights, bias), expected)


def test_batch_of_sequences(student, rng):
    """(5, 4, 3) → (5, 4, 2): the layer works on the last axis and leaves the others alone."""
    for shape, m in (((5, 4, 3), 2), ((2, 2, 2), 2), ((1, 3, 4), 3), ((3, 1, 2), 3)):
        X, weights, bias = (rng.normal(size=s) for s in (shape, (m, shape[-1]), (m,)))
        X.flags.writeable = False
        expected = np.array([each(sequence, weights, bias) for sequence in X])
        assert_close(student.layer(X, weights, bias), expected)


def test_features_must_agree(student):
    """Each sample needs one feature for each weight of a neuron: raise ValueError otherwise."""
    for shape in ((2,), (1,), (4, 2), (3, 1), (2, 3, 4), (3, 2)):
        with pytest.raises(ValueError):
            student.layer(np.ones(shape), W, B)


def test_torch_equals_nn_linear(student, torch, rng):
    """With its weights and bias the PyTorch version gives what nn.Linear gives, for all shapes."""
    for n, m in ((3, 2), (3, 3)):
        linear = torch.nn.Linear(n, m)
        weights, bias = linear.weight.detach(), linear.bias.detach()
        for shape in ((n,), (4, n), (m, n), (1, n), (5, 4, n), (3, 3, n)):
            X = awkward(torch.tensor(rng.normal(size=shape)).float())
            got = student.layer_torch(X, awkward(weights), awkward(bias))
            assert_close(got, linear(X).detach())
        for shape in ((2,), (4, 2), (2, 3, 4)):
            with pytest.raises((ValueError, RuntimeError)):
                student.layer_torch(torch.ones(shape), weights, bias)


def test_autograd_reaches_weights_and_bias(student, torch, rng):
    """A gradient G of the result is G W for X, Gᵀ X for W, and its sum over the samples for b."""
    X, weights, bias, G = (rng.normal(size=s) for s in ((4, 3), (2, 3), (2,), (4, 2)))
    args = (torch.tensor(X), torch.tensor(weights), torch.tensor(bias))
    _, gradients = student.vjp("layer_torch", args, torch.tensor(G))
    for_x, for_w, for_b = gradients
    assert_close(for_x, torch.tensor(np.einsum("no,oi->ni", G, weights)))
    assert_close(for_w, torch.tensor(np.einsum("no,ni->oi", G, X)))
    assert_close(for_b, torch.tensor(G.sum(axis=0)))
