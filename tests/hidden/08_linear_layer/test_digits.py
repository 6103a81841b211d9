"""A two-layer classifier: by hand, on held-out handwritten digits, and against PyTorch."""

import math
from pathlib import Path

import numpy as np
import pytest

from grader import assert_close, awkward

DATA = Path(__file__).resolve().parents[3] / "data" / "digits"
PARAMETERS = "lambda model: list(model.parameters())"
FACTS = "lambda model: [(p.dtype, p.requires_grad) for p in model.parameters()]"
STEP = """
def step(model):
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(-2.0)
"""


def held_out():
    """Images and labels that the weights were not trained on."""
    with np.load(DATA / "digits.npz") as data:
        return data["test_images"], data["test_labels"]


def trained():
    """W1, b1, W2, b2 as PyTorch learned them."""
    with np.load(DATA / "weights.npz") as weights:
        return tuple(weights[name] for name in ("W1", "b1", "W2", "b2"))


def network(rng, inputs, hidden, outputs):
    """Random weights and biases of two layers."""
    shapes = (hidden, inputs), (hidden,), (outputs, hidden), (outputs,)
    return tuple(rng.normal(scale=2.0, size=shape) for shape in shapes)


def by_loops(x, W1, b1, W2, b2):
    """The logits of one sample."""

    def linear(W, v, b):
        pairs = zip(W.tolist(), b.tolist(), strict=True)
        return [math.fsum([c, *(w * a for w, a in zip(row, v, strict=True))]) for row, c in pairs]

    return linear(W2, [max(z, 0.0) for z in linear(W1, x, b1)], b2)


def test_image_becomes_a_row(student, rng):
    """Row n holds the 64 pixels of image n, line by line, as fractions from 0 to 1."""
    for count, dtype, most in (
        (3, np.uint8, 16),
        (1, np.uint8, 10),
        (8, np.int64, 13),
        (64, np.int8, 16),
    ):
        images = rng.integers(0, most + 1, size=(count, 8, 8)).astype(dtype)
        images[0, 0, 0], images[-1, 7, 7] = most, 0
        images = awkward(images)
        expected = np.empty((count, 64))
        for n in range(count):
            for i in range(8):
                for j in range(8):
                    expected[n, 8 * i + j] = int(images[n, i, j]) / 16
        assert_close(student.features(images), expected)


def test_two_layers_by_hand(student, rng):
    """Only positive hidden sums count, and the outputs may be negative."""
    W1 = np.array([[1.0, -2.0, 0.5], [-1.0, 1.0, 0.0]])
    b1, b2 = np.array([1.0, -0.5]), np.array([0.5, -10.0])
    W2 = np.array([[2.0, 3.0], [-1.0, 4.0]])
    x, y = np.array([[2.0, 1.0, 4.0]]), np.array([[6.5, -13.0]])
    assert_close(student.logits(x, W1, b1, W2, b2), y)
    assert_close(student.logits(-x, W1, b1, W2, b2), np.array([[2.0, -8.0]]))
    assert_close(student.logits(0 * x, W1, b1, W2, b2), np.array([[2.5, -11.0]]))
    for sizes in ((3, 4, 2), (2, 5, 3), (3, 3, 3)):
        weights = network(rng, *sizes)
        X = rng.normal(size=(1, sizes[0]))
        assert_close(student.logits(X, *weights), np.array([by_loops(X[0].tolist(), *weights)]))


def test_each_row_is_its_own_sample(student, rng):
    """A batch gives what its rows give one by one, in their order, and no array is changed."""
    for sizes, count in (((3, 4, 2), 5), ((3, 4, 2), 4), ((4, 3, 2), 2), ((3, 3, 3), 3)):
        weights = network(rng, *sizes)
        X = rng.normal(size=(count, sizes[0]))
        expected = np.array([by_loops(x, *weights) for x in X.tolist()])
        assert_close(student.logits(*map(awkward, (X, *weights))), expected)


def test_largest_output_is_the_digit(student, rng):
    """The answer for each image is the index of its largest logit, an integer, also where all
    logits are negative."""
    b1, b2 = np.zeros(3), np.full(10, -20.0)
    W1 = np.zeros((3, 64))
    W1[[0, 1, 2], [0, 9, 63]] = 1.0
    W2 = np.zeros((10, 3))
    W2[[8, 1, 5], [0, 1, 2]] = 1.0, 8.0, 2.0
    images = np.zeros((4, 8, 8), dtype=np.uint8)
    images[0, 0, 0] = 16
    images[1, 1, 1] = 3
    images[2, 7, 7] = 9
    images[3, 0, 0], images[3, 7, 7] = 15, 8
    given = map(awkward, (images.astype(np.int64), W1, b1, W2, b2))
    assert_close(student.predict(*given), np.array([8, 1, 5, 5]))


def test_accuracy_is_a_share(student, rng):
    """Accuracy is the number of right answers divided by the number of all; the shapes must be
    equal."""
    labels = rng.integers(0, 10, size=40)
    for right in (0, 13, 40):
        predictions = labels.copy()
        predictions[right:] = (labels[right:] + rng.integers(1, 10, size=40 - right)) % 10
        assert_close(student.accuracy(awkward(predictions), awkward(labels)), right / 40)
    small = np.array([0, 0, 2], np.uint8), np.array([0, 1, 2], np.uint8)
    assert_close(student.accuracy(*small), 2 / 3)
    for wrong in (labels[:, None], labels[:1], labels[:7]):
        with pytest.raises(ValueError):
            student.accuracy(labels, wrong)


def test_held_out_digits(student):
    """With the trained weights, more than 97 % of the 359 digits that were held out are read
    rightly."""
    images, labels = held_out()
    W1, b1, W2, b2 = trained()
    found = student.predict(images, W1, b1, W2, b2)
    hidden = np.einsum("nij,hij->nh", images / 16, W1.reshape(-1, 8, 8)) + b1
    outputs = np.einsum("nh,oh->no", np.where(hidden > 0, hidden, 0), W2) + b2
    assert_close(found, outputs.argmax(axis=1))
    assert np.mean(found == labels) > 0.97


def test_numpy_agrees_with_torch(student, torch):
    """On every held-out digit the NumPy logits are float64 and equal PyTorch's to 1e-6."""
    first, last = np.array([[1.0, 1.0], [1.0, 0.0]]), np.array([[1.0, -1.0], [3.0, -3.0]])
    got = student.logits(np.array([[1e8, 0.5]]), first, np.zeros(2), last, np.array([0.0, 0.25]))
    assert_close(got, np.array([[0.5, 1.75]]), rtol=0.0, atol=1e-6, dtype=np.float64)
    images, _ = held_out()
    arrays = trained()
    W1, b1, W2, b2 = map(torch.from_numpy, arrays)
    linear = torch.nn.functional.linear
    X = torch.from_numpy(images).double().flatten(1) / 16
    expected = linear(linear(X, W1, b1).relu(), W2, b2).numpy()
    got = student.logits(X.numpy(), *arrays)
    assert_close(got, expected, rtol=0.0, atol=1e-6, dtype=np.float64)


def test_torch_model(student, torch, rng):
    """The PyTorch model has the four arrays as its float64 parameters, and computes the same
    logits."""
    for sizes in ((3, 4, 2), (3, 3, 3), (64, 5, 10)):
        arrays = network(rng, *sizes)
        given = arrays if sizes[0] == 64 else [awkward(v, backwards=False) for v in arrays]
        model = student.keep.model_torch(*given)
        assert student.source(FACTS)(model) == [(torch.float64, True)] * 4
        for parameter, array in zip(student.source(PARAMETERS)(model), arrays, strict=True):
            assert_close(parameter, torch.tensor(array))
        X = rng.normal(size=(6, sizes[0]))
        expected = np.array([by_loops(x, *arrays) for x in X.tolist()])
        assert_close(model(torch.tensor(X)), torch.tensor(expected), dtype=torch.float64)


def test_torch_model_has_its_own_memory(student, torch, rng):
    """Training the PyTorch model leaves the NumPy arrays as they are."""
    arrays = network(rng, 3, 4, 2)
    held = [student.keep(array) for array in arrays]
    model = student.keep.model_torch(*held)
    for parameter, array in zip(student.source(PARAMETERS)(model), arrays, strict=True):
        assert_close(parameter, torch.tensor(array), rtol=1e-6)
    student.source(STEP)(model)
    for handle, before in zip(held, arrays, strict=True):
        assert_close(handle.fetch(), before)
