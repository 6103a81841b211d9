"""A chain of layers: its shapes, its parameters, what it computes, and when it collapses."""

from itertools import pairwise

import numpy as np
import pytest

from grader import assert_close, awkward


def one_layer(x, W, b):
    """A layer on one sample, without an activation, one number at a time."""
    rows = zip(W, b, strict=True)
    return [sum(w * v for w, v in zip(row, x, strict=True)) + shift for row, shift in rows]


def nested(layers, x):
    """The network on one sample."""
    *hidden, last = layers
    for W, b in hidden:
        x = [v if v > 0 else 0.0 for v in one_layer(x, W, b)]
    return one_layer(x, *last)


def chain(rng, *sizes):
    """Random layers with the given widths; arrays that nobody may write into."""
    layers = []
    for n, m in pairwise(sizes):
        layers.append((awkward(rng.normal(size=(m, n))), awkward(rng.normal(size=m))))
    return layers


def blank(*sizes):
    """Layers of zeros with the given widths."""
    pairs = pairwise(sizes)
    return [(np.zeros((m, n)), np.zeros(m)) for n, m in pairs]


def test_relu_between_but_not_after(student):
    """ReLU acts on the hidden neurons; the last layer's answer stays as it is, negative or not."""
    hidden = (np.array([[1.0, -2.0, 0.5], [3.0, 1.0, -1.0]]), np.array([0.5, -4.0]))
    output = (np.array([[2.0, -1.0]]), np.array([-1.5]))
    X = np.array([[1, 1, 2], [2, -1, 1], [0, 3, 1], [-1, 0, 4], [3, 0, 1]])
    # hidden pre-activations: (0.5, -2), (5, 0), (-5, -2), (1.5, -11), (4, 4)
    expected = np.array([[-0.5], [8.5], [-1.5], [1.5], [2.5]])
    assert_close(student.forward([hidden, output], X), expected)
    pixels = np.array([[200, 100, 4]], dtype=np.uint8)
    assert_close(student.forward([hidden, output], pixels), np.array([[-688.5]]))


def test_a_chain_is_nested_layers(student, rng):
    """Each layer gets what the one before it made, in the order of the list: one layer or many."""
    shapes = ((3, (3, 3, 3)), (4, (3, 2)), (2, (5, 4, 3, 2)), (1, (1, 6, 2, 4, 3)), (5, (2, 2)))
    for B, sizes in shapes:
        layers = chain(rng, *sizes)
        X = awkward(rng.normal(scale=2.0, size=(B, sizes[0])))
        expected = np.array([nested(layers, x) for x in X])
        assert_close(student.forward(layers, X), expected)
        single = [(W.astype(np.float32), b.astype(np.float32)) for W, b in layers]
        assert_close(student.forward(single, X.astype(np.float32)), expected, rtol=1e-3, atol=1e-3)


def test_sizes_are_in_the_weights(student, rng):
    """The widths of a chain are read from its weights: the inputs, then every layer's neurons."""
    for sizes in ((3, 2, 1), (2, 5), (4, 4, 4), (1, 7, 3, 7, 2)):
        layers = [(W.astype(np.float32), b) for W, b in chain(rng, *sizes)]
        assert_close(student.layer_sizes(layers), list(sizes))


def test_layers_that_do_not_fit(student):
    """Layers in the wrong order, or a bias that has not one entry per neuron: raise ValueError."""
    first, second, third = blank(3, 2, 4, 4)
    wrong = [
        [second, first],
        [first, third],
        [first, second, third, second],
        [(first[0], np.zeros(3))],
        [first, (second[0], np.zeros(1))],
        [(first[0], np.zeros((2, 1))), second],
        [first, second, (third[0], np.zeros((1, 4)))],
        [(first[0].T, first[1]), third],
    ]
    accepted = [layers for layers in wrong if not refuses(student.layer_sizes, layers)]
    if accepted:
        pytest.fail(f"layer_sizes takes {told(accepted[0])} for a chain that fits.")
    for layers in wrong:
        if not refuses(student.forward, layers, np.ones((3, layers[0][0].shape[1]))):
            pytest.fail(f"forward takes {told(layers)} for a chain that fits.")
    for columns in (1, 2, 4):
        if not refuses(student.forward, [first, second], np.ones((3, columns))):
            pytest.fail(f"forward takes {columns} features for a network of 3 inputs.")


def refuses(function, *arguments):
    """Whether a call raises ValueError."""
    try:
        function(*arguments)
    except ValueError:
        return True
    return False


def told(layers):
    return ", ".join(f"W {W.shape} with b {b.shape}" for W, b in layers)


def test_weights_and_biases_are_counted(student):
    """A layer from n to m has m n weights and m biases; all layers count: 3 → 2 → 1 makes 11."""
    assert_close(student.parameter_count(blank(4, 3, 2)), 23)
    assert_close(student.parameter_count(blank(3, 2, 1)), 11)
    assert_close(student.parameter_count(blank(3, 2)), 8)
    assert_close(student.parameter_count(blank(64, 32, 10)), 2410)
    assert_close(student.parameter_count(blank(1, 5, 5, 2)), 10 + 30 + 12)


def test_two_layers_collapse(student, rng):
    """Without an activation, one layer gives the same answers as the two, for every input."""
    first = (np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([2.0, -1.0]))
    second = (np.array([[3.0, 2.0], [-1.0, 4.0]]), np.array([0.25, 10.0]))
    expected = (np.array([[4.0, 0.0], [1.0, 14.0]]), np.array([4.25, 4.0]))
    assert_close(student.collapse(first, second), expected)
    for sizes in ((4, 3, 2), (3, 3, 3), (2, 5, 2), (1, 4, 1)):
        first, second = chain(rng, *sizes)
        close = {}
        if sizes == (3, 3, 3):
            first, second = ([v.astype(np.float32) for v in layer] for layer in (first, second))
            close = {"rtol": 1e-4, "atol": 1e-4}
        W, b = student.collapse(tuple(first), tuple(second))
        shape = (sizes[2], sizes[0])
        assert_close(W, _matrix_of(first, second, shape), **close)
        expected = one_layer(one_layer([0.0] * sizes[0], *first), *second)
        assert_close(b, np.array(expected), **close)


def _matrix_of(first, second, shape):
    """Column j is what input j adds to the answer of the two layers."""

    def both(x):
        return np.array(one_layer(one_layer(x, *first), *second))

    m, n = shape
    columns = [both([float(k == j) for k in range(n)]) - both([0.0] * n) for j in range(n)]
    return np.array(columns).T.reshape(m, n)


def test_relu_prevents_the_collapse(student):
    """Two neurons and ReLU make |x|, which is no single layer; without ReLU the two make 0."""
    split = (np.array([[1.0], [-1.0]]), np.zeros(2))
    join = (np.array([[1.0, 1.0]]), np.zeros(1))
    X = np.array([[-3.0], [0.0], [0.5], [1000.0]])
    assert_close(student.forward([split, join], X), np.array([[3.0], [0.0], [0.5], [1000.0]]))
    nothing = (np.zeros((1, 1)), np.zeros(1))
    assert_close(student.collapse(split, join), nothing)
    assert_close(student.forward([nothing], X), np.zeros((4, 1)))


def test_share_of_silent_neurons(student, rng):
    """A pre-activation of 0 or below is silent; the share is over all samples and neurons."""
    Z = np.array([[0.0, -1.0, 2.0, 1.0], [3.0, -0.5, 0.25, -2.0], [1.0, -2.0, 0.5, 4.0]])
    assert_close(student.silent_share(Z), 5 / 12)
    Z = np.array([[-1.0, 2.0], [-3.0, 0.0], [-2.0, 4.0], [-0.5, 1.0]])
    assert_close(student.silent_share(Z), 0.625)
    assert_close(student.silent_share(np.array([[2, 5, 1]])), 0.0)
    for shape in ((3, 3), (8, 5), (1, 7)):
        Z = awkward(rng.normal(size=shape).astype(np.float32 if shape == (3, 3) else float))
        silent = sum(z <= 0 for z in Z.ravel().tolist())
        assert_close(student.silent_share(Z), silent / Z.size)


def test_torch_network(student, torch, rng):
    """The PyTorch network follows the same rules, and autograd goes back through all its layers."""
    for B, sizes in ((3, (3, 3, 3)), (4, (3, 2, 1)), (2, (4, 5, 3, 2)), (2, (3, 2))):
        layers = chain(rng, *sizes)
        X = rng.normal(size=(B, sizes[0]))
        dtype = torch.float64 if B == 3 else torch.float32
        pairs = ([awkward(torch.tensor(v.copy(), dtype=dtype)) for v in pair] for pair in layers)
        tensors = [(W, b) for W, b in pairs]
        inputs = awkward(torch.tensor(X, dtype=dtype))
        upstream = torch.ones(B, sizes[-1], dtype=dtype)
        expected = torch.tensor([nested(layers, x) for x in X]).float()
        got = student.forward_torch(tensors, inputs)
        assert_close(got, expected, rtol=1e-3, atol=1e-4)
        leaf = torch.tensor(X, requires_grad=True)
        modules = [torch.nn.Linear(n, m).double() for n, m in pairwise(sizes)]
        for module, (W, b) in zip(modules, layers, strict=True):
            module.load_state_dict(
                {"weight": torch.tensor(W.copy()), "bias": torch.tensor(b.copy())}
            )
        steps = [step for module in modules for step in (module, torch.nn.ReLU())]
        torch.nn.Sequential(*steps[:-1])(leaf).sum().backward()
        _, (_, gradient) = student.vjp("forward_torch", (tensors, inputs), upstream)
        assert_close(gradient, leaf.grad.float(), rtol=1e-3, atol=1e-4)
