"""A module that does what nn.Linear does: parameters, outputs, gradients, saved weights."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

FACTS = """
def facts(layer):
    found = layer.named_parameters()
    return {name: (tuple(p.shape), p.dtype, p.requires_grad) for name, p in found}
"""
GRADIENTS = """
def gradients(layer, x, g):
    x = x.clone().requires_grad_()
    (layer(x) * g).sum().backward()
    return x.grad, layer.weight.grad, layer.bias.grad
"""
STEP = """
def step(weight):
    with torch.no_grad():
        weight.mul_(0.5)
"""


def tensor(torch, rng, *shape):
    """Random numbers on both sides of zero, some of them large."""
    return torch.tensor(rng.normal(scale=2.0, size=shape), dtype=torch.float32)


def check_shapes(layer, inputs, outputs):
    """The arrays must have the shapes that those of nn.Linear have."""
    weight, bias = layer.weight, layer.bias
    assert tuple(weight.shape) == (outputs, inputs)
    assert tuple(bias.shape) == (outputs,)


def test_parameters_are_registered(student, torch):
    """The module knows two parameters, weight (out, in) and bias (out,): float32 and to be
    trained."""
    for inputs, outputs in ((3, 2), (2, 5), (4, 4)):
        layer = student.keep.LinearTorch(inputs, outputs)
        assert student.source(FACTS)(layer) == {
            "weight": ((outputs, inputs), torch.float32, True),
            "bias": ((outputs,), torch.float32, True),
        }


def test_starts_within_the_bound(student, torch):
    """Weights and biases start anywhere between -1/√in and 1/√in, evenly, and new for each
    layer."""
    for inputs, outputs in ((4, 500), (100, 400), (1, 600)):
        layer = student.keep.LinearTorch(inputs, outputs)
        other = student.keep.LinearTorch(inputs, outputs)
        for numbers in (layer.weight, layer.bias):
            assert isinstance(numbers, torch.Tensor)
            share = numbers.detach().ravel() * math.sqrt(inputs)
            assert share.abs().max() <= 1 + 1e-6, "Some numbers lie beyond 1/√in."
            assert share.min() < -0.9, "None of the numbers comes near -1/√in."
            assert share.max() > 0.9, "None of the numbers comes near 1/√in."
            inner = (share.abs() < 0.5).double().mean()
            assert 0.33 < inner < 0.67, "Half of the numbers should lie between ±1/(2√in)."
        drawn = [layer.weight[:50, 0], layer.bias[:50], other.weight[:50, 0], other.bias[:50]]
        different = torch.unique(torch.cat(drawn)).numel()
        assert different > 150, "Numbers that should be drawn anew are equal."


def test_any_leading_shape(student, torch, rng):
    """The layer gives what nn.Linear with its weights gives: for (in,), (n, in) and (k, n, in)."""
    for inputs, outputs, leading in (
        (3, 2, ()),
        (3, 3, ()),
        (3, 2, (4,)),
        (3, 2, (2,)),
        (4, 4, (4,)),
        (3, 4, (1,)),
        (3, 2, (5, 4)),
        (3, 3, (3, 3)),
    ):
        layer = student.keep.LinearTorch(inputs, outputs)
        check_shapes(layer, inputs, outputs)
        x = awkward(tensor(torch, rng, *leading, inputs))
        expected = torch.nn.functional.linear(x, layer.weight.detach(), layer.bias.detach())
        assert_close(layer(x), expected)
        assert_close(layer(torch.zeros_like(x)), layer.bias.expand(expected.shape))


def test_gradients_equal(student, torch, rng):
    """The gradients are G W for the input, Gᵀ X for the weight and the sum over all inputs of G
    for the bias."""
    gradients = student.source(GRADIENTS)
    for inputs, outputs, leading in ((3, 2, ()), (3, 2, (4,)), (4, 4, (4,)), (3, 2, (5, 4))):
        layer = student.keep.LinearTorch(inputs, outputs)
        check_shapes(layer, inputs, outputs)
        W = layer.weight.detach()
        x, g = tensor(torch, rng, *leading, inputs), tensor(torch, rng, *leading, outputs)
        X, G = x.reshape(-1, inputs), g.reshape(-1, outputs)
        wanted = torch.einsum("...i,ij->...j", g, W), torch.einsum("ni,nj->ij", G, X), G.sum(0)
        for got, expected in zip(gradients(layer, x, g), wanted, strict=True):
            assert_close(got, expected, atol=1e-4)


def test_state_dict_both_ways(student, torch, rng):
    """Weights saved by nn.Linear can be loaded into the layer, and its own into nn.Linear."""
    for inputs, outputs in ((3, 2), (4, 4)):
        linear = torch.nn.Linear(inputs, outputs)
        with torch.no_grad():
            linear.weight.copy_(tensor(torch, rng, outputs, inputs))
            linear.bias.copy_(tensor(torch, rng, outputs))
        layer = student.keep.LinearTorch(inputs, outputs)
        other = torch.nn.Linear(inputs, outputs)
        state = layer.state_dict()
        assert sorted(state) == ["bias", "weight"]
        other.load_state_dict(state)
        x = tensor(torch, rng, 5, inputs)
        assert_close(layer(x), other(x))
        layer.load_state_dict(dict(linear.state_dict()))
        assert_close(layer(x), linear(x))


def test_layer_without_bias(student, torch, rng):
    """With bias=False the layer has one parameter, its bias is None, and y = W x."""
    layer = student.keep.LinearTorch(3, 2, bias=False)
    assert layer.bias is None
    assert list(student.source(FACTS)(layer)) == ["weight"]
    x = tensor(torch, rng, 4, 3)
    assert_close(layer(x), torch.nn.functional.linear(x, layer.weight.detach()))


def test_numpy_weights_are_copied(student, torch, rng):
    """copy_weights writes into the parameters that are there: they keep their dtype, stay the same
    objects, and share no memory with the arrays."""
    for dtype in (np.float64, np.float32):
        W, b = rng.normal(size=(2, 3)).astype(dtype), rng.normal(size=2).astype(dtype)
        if dtype == np.float64:
            W, b = awkward(W, backwards=False), awkward(b, backwards=False)
        layer = student.keep.LinearTorch(3, 2)
        held = [getattr(student.keep(layer), name) for name in ("weight", "bias")]
        arrays = student.keep(W), student.keep(b)
        student.copy_weights(layer, *arrays)
        facts = {"weight": ((2, 3), torch.float32, True), "bias": ((2,), torch.float32, True)}
        assert student.source(FACTS)(layer) == facts
        for parameter, array in zip(held, (W, b), strict=True):
            assert_close(parameter.fetch(), torch.tensor(array).float())
            student.source(STEP)(parameter)
        assert_close(layer.weight, torch.tensor(W / 2).float())
        assert_close(layer.bias, torch.tensor(b / 2).float())
        for array, before in zip(arrays, (W, b), strict=True):
            assert_close(array.fetch(), before)
        gradients = student.source(GRADIENTS)(layer, torch.ones(3), torch.ones(2))
        assert_close(gradients[0], torch.tensor(W.sum(0) / 2).float())
        assert_close(gradients[1], torch.ones(2, 3))
        assert_close(gradients[2], torch.ones(2))


def test_wrong_shapes_are_refused(student, torch):
    """Arrays of another shape raise ValueError, also where copy_ would repeat them, and the layer
    stays as it was."""
    layer = student.keep.LinearTorch(3, 2)
    weight, bias = layer.weight, layer.bias
    W, b = np.arange(6.0).reshape(2, 3), np.array([7.0, 8.0])
    for wrong in (W[0], W[:1], W[:, :1], W.T, W[None], W.ravel()):
        with pytest.raises(ValueError):
            student.copy_weights(layer, wrong, b)
    for wrong in (b[:1], b[None], b[:, None], np.array(7.0), np.array([7.0, 8.0, 9.0])):
        with pytest.raises(ValueError):
            student.copy_weights(layer, W, wrong)
    assert_close(layer.weight, weight)
    assert_close(layer.bias, bias)
