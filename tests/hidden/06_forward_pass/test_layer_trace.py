"""Every intermediate result of one layer, for a batch and for a single neuron."""

import numpy as np
import pytest

from grader import assert_close, awkward

#: The gradient of the sum of one result; zeros where autograd has nothing to go back along.
GRADIENT = """
def gradient(trace, key, weights):
    if not isinstance(trace, dict) or key not in trace:
        return None
    result = trace[key].sum()
    if not result.requires_grad:
        return torch.zeros_like(weights).detach()
    return torch.autograd.grad(result, weights)[0]
"""


def traced(X, W, b):
    """The three steps, one number at a time."""
    products = [[sum(w * x for w, x in zip(row, s, strict=True)) for row in W] for s in X]
    Z = [[p + shift for p, shift in zip(row, b, strict=True)] for row in products]
    A = [[z if z > 0 else 0.0 for z in row] for row in Z]
    return {"product": products, "Z": Z, "A": A}


def arrays(trace):
    return {key: np.array(value) for key, value in trace.items()}


def layer(rng, m, n):
    return rng.normal(size=(m, n)), rng.uniform(1.0, 2.0, size=m) * rng.choice([-1.0, 1.0], m)


def step(trace, key):
    """One result of a trace."""
    if not isinstance(trace, dict):
        pytest.fail("A dict is asked for, with the keys product, Z and A.")
    if key not in trace:
        pytest.fail(f"There is no {key!r} among the keys {', '.join(map(repr, trace))}.")
    return trace[key]


def test_product_of_four_samples(student):
    """The product X W^T has a row for each sample and a column for each neuron, and no bias yet."""
    X = np.array([[1.0, 2.0, -1.0], [0.5, 0.0, 4.0], [-2.0, 1.0, 0.0], [3.0, -1.0, 0.5]])
    W, b = np.array([[2.0, -1.0, 0.5], [-1.0, 3.0, 2.0]]), np.array([0.75, -2.5])
    expected = np.array([[-0.5, 3.0], [3.0, 7.5], [-5.0, 5.0], [7.25, -5.0]])
    assert_close(step(student.layer_trace(X, W, b), "product"), expected)
    pixels = np.array([[200, 100, 4]], dtype=np.uint8)
    assert_close(step(student.layer_trace(pixels, W, b), "product"), np.array([[302.0, 108.0]]))


def test_bias_shifts_each_neuron(student):
    """Z is the product plus one bias for each neuron, so for x = 0 it is the bias itself."""
    X, b = np.array([[0, 0], [1, -1], [0, 0]]), np.array([-1.5, 0.5, 2.0])
    W = np.array([[1.5, 0.0], [0.0, 2.0], [4.0, 4.0]])
    expected = np.array([[-1.5, 0.5, 2.0], [0.0, -1.5, 2.0], [-1.5, 0.5, 2.0]])
    assert_close(step(student.layer_trace(X, W, b), "Z"), expected)
    X = np.array([[2.0, 0.5], [-1.0, 3.0], [0.0, 0.25], [4.0, -2.0]])
    expected = np.array([[1.5, 1.5, 12.0], [-3.0, 6.5, 10.0], [-1.5, 1.0, 3.0], [4.5, -3.5, 10.0]])
    assert_close(step(student.layer_trace(X, W, b), "Z"), expected)


def test_activations_are_relu_of_z(student):
    """A is what ReLU makes of Z, with the bias in it: the bias decides who fires."""
    X, W = np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, 0.0]]), np.array([[1.0, 1.0], [-0.5, 2.0]])
    # X W^T: (3, 3.5), (-2.5, 2.5), (0, 0)
    got = student.layer_trace(X, W, np.array([-3.5, 0.25]))
    assert_close(step(got, "A"), np.array([[0.0, 3.75], [0.0, 2.75], [0.0, 0.25]]))
    got = student.layer_trace(X, W, np.array([2.75, -3.0]))
    assert_close(step(got, "A"), np.array([[5.75, 0.5], [0.25, 0.0], [2.75, 0.0]]))


def test_any_shape(student, rng):
    """The rules hold for any sizes, equal ones too, where a wrong axis would go unnoticed."""
    for B, n, m in ((5, 3, 2), (2, 4, 2), (3, 3, 3), (1, 2, 4), (6, 1, 3)):
        X, (W, b) = rng.normal(scale=3.0, size=(B, n)), layer(rng, m, n)
        X, W, b = awkward(X), awkward(W), awkward(b)
        assert_close(student.layer_trace(X, W, b), arrays(traced(X, W, b)))
        single = [v.astype(np.float32) for v in (X, W, b)]
        got = student.layer_trace(*single)
        assert_close(got, arrays(traced(X, W, b)), rtol=1e-4, atol=1e-4)


def test_neuron_by_hand(student):
    """One neuron and one sample: n terms, their sum, the sum plus the bias, and ReLU of that."""
    x, b = np.array([2.0, -1.0, 0.5]), np.array([1.25, -8.0])
    W = np.array([[1.0, 3.0, -4.0], [0.5, -2.0, 6.0]])
    silent = {"terms": np.array([2.0, -3.0, -2.0]), "weighted_sum": -3.0, "z": -1.75, "a": 0.0}
    assert_close(student.neuron_trace(x, W, b, 0), silent)
    firing = {"terms": np.array([1.0, 2.0, 3.0]), "weighted_sum": 6.0, "z": 7.25, "a": 7.25}
    assert_close(student.neuron_trace(x, W[::-1].copy(), b, 0), firing)
    held = {"terms": np.array([1.0, 2.0, 3.0]), "weighted_sum": 6.0, "z": -2.0, "a": 0.0}
    assert_close(student.neuron_trace(x, W[::-1].copy(), b[::-1].copy(), 0), held)
    whole = {"terms": np.array([2.0, -3.0, -16.0]), "weighted_sum": -17.0, "z": -15.75, "a": 0.0}
    assert_close(student.neuron_trace(np.array([2, -1, 4]), W, b, 0), whole)
    pixels = np.array([200, 100, 4], dtype=np.uint8)
    whole = {"terms": np.array([200.0, 300.0, -16.0]), "weighted_sum": 484.0}
    assert_close(student.neuron_trace(pixels, W, b, 0), whole | {"z": 485.25, "a": 485.25})


def test_neuron_is_one_entry_of_the_batch(student, rng):
    """Whatever the sizes, neuron i reads row i of W and entry i of b, and all of the sample."""
    for n, m in ((3, 2), (3, 3), (1, 4), (6, 3)):
        W, b = layer(rng, m, n)
        dtype = np.float32 if n == m else np.float64
        close = {"rtol": 1e-5, "atol": 1e-5} if n == m else {}
        x, W, b = (awkward(v.astype(dtype)) for v in (rng.normal(size=n), W, b))
        whole = traced([x], W, b)
        for i in range(m):
            expected = {
                "terms": np.array([float(w) * v for w, v in zip(W[i], x, strict=True)]),
                "weighted_sum": float(whole["product"][0][i]),
                "z": float(whole["Z"][0][i]),
                "a": float(whole["A"][0][i]),
            }
            assert_close(student.neuron_trace(x, W, b, i), expected, **close)


def test_torch_trace(student, torch, rng):
    """The PyTorch version returns the same three results, as tensors of the same dtype."""
    for B, n, m in ((4, 3, 2), (2, 5, 2), (3, 3, 3), (1, 2, 3)):
        X, (W, b) = rng.normal(size=(B, n)), layer(rng, m, n)
        dtype = torch.float64 if n == m else torch.float32
        tensors = [awkward(torch.tensor(v, dtype=dtype)) for v in (X, W, b)]
        expected = {key: torch.tensor(v) for key, v in arrays(traced(X, W, b)).items()}
        got = student.layer_trace_torch(*tensors)
        assert_close(got, {k: v.float() for k, v in expected.items()}, rtol=1e-4, atol=1e-4)


def test_autograd_follows_every_step(student, torch):
    """Autograd can go back from each of the three results to the weights."""
    X = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
    W, b = torch.tensor([[0.5, 1.0], [-2.0, 0.5]]), torch.tensor([-1.0, 0.25])
    back = student.source(GRADIENT)
    # In product and Z all entries count; in A only those of the samples that make a neuron fire.
    for key, expected in (
        ("product", [[4.0, 1.0], [4.0, 1.0]]),
        ("Z", [[4.0, 1.0], [4.0, 1.0]]),
        ("A", [[1.0, 2.0], [0.0, 0.0]]),
    ):
        weights = student.keep(W.clone().requires_grad_())
        trace = student.keep.layer_trace_torch(X, weights, b)
        assert_close(back(trace, key, weights), torch.tensor(expected))
