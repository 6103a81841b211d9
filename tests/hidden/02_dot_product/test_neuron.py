"""A neuron's response to its input, the part of the input it sees, and one step of learning."""

import math

import numpy as np

from grader import assert_close, awkward


def test_weighted_sum_plus_bias(student):
    """The pre-activation is the dot product of weights and input, plus the bias once."""
    w, x = np.array([2.0, -1.0, 0.5]), np.array([3.0, 1.0, 4.0])
    assert_close(student.pre_activation(w, x, 0.25), 7.25)
    single = awkward(w.astype(np.float32)), awkward(x.astype(np.float32))
    assert_close(student.pre_activation(*single, -1.5), 5.5)
    assert_close(student.pre_activation(w, x), 7.0)
    assert_close(student.pre_activation(np.array([3, 4]), np.array([2, -1]), 10), 12.0)


def test_response_is_largest_along_the_weights(student, rng):
    """Among inputs of length 1, w/|w| gets the largest response, |w|, and -w/|w| the smallest."""
    assert_close(student.pre_activation(np.array([3.0, 4.0]), np.array([-0.6, -0.8])), -5.0)
    for n in (2, 3, 30):
        w = rng.normal(scale=20.0, size=n)
        length = math.hypot(*w)
        assert_close(student.pre_activation(w, w / length), length)
        assert_close(student.pre_activation(w, -w / length), -length)
        for x in rng.normal(size=(5, n)):
            unit = awkward(x / math.hypot(*x))
            expected = math.fsum(p * q for p, q in zip(w, unit, strict=True))
            assert_close(student.pre_activation(awkward(w), unit), expected)


def test_projection_onto_a_unit_vector(student):
    """For w of length 1, the projection is (x · w) w, a vector along w; w may point away from x."""
    x = np.array([10.0, 5.0])
    assert_close(student.projection(x, np.array([0.6, 0.8])), np.array([6.0, 8.0]))
    assert_close(student.projection(x, np.array([-0.8, 0.6])), np.array([4.0, -3.0]))


def test_rest_is_perpendicular(student, rng):
    """The projection does not depend on the length of w, and x minus it is perpendicular to w."""
    got = student.projection(np.array([4, -2, 5]), np.array([2, 4, 4]))
    assert_close(got, np.array([10 / 9, 20 / 9, 20 / 9]))
    for n in (2, 3, 20):
        basis = np.linalg.qr(rng.normal(size=(n, 2)))[0].T
        along, rest = rng.uniform(1.0, 9.0, (2, 1)) * basis
        x = awkward(along + rest)
        for factor in (1e-21, -1e-9, 30.0):
            assert_close(student.projection(x, awkward(factor * along)), along)
    single = (awkward(v.astype(np.float32)) for v in (x, along))
    assert_close(student.projection(*single), along, rtol=1e-4, atol=1e-4)


def test_nothing_along_a_zero_vector(student):
    """An input perpendicular to w has the projection zero, and so has any input for w = 0."""
    x = np.array([1.0, 2.0, -2.0])
    assert_close(student.projection(x, np.array([2.0, 1.0, 2.0])), np.zeros(3))
    assert_close(student.projection(x, np.zeros(3)), np.zeros(3))
    assert_close(student.projection(np.zeros(3), x), np.zeros(3))


def test_update_turns_toward_the_input(student, rng):
    """The new weights are w + ηx in a new array: the response to x grows by η (x · x)."""
    w, x = np.array([1.0, -2.0, 0.5]), np.array([3.0, 1.0, -2.0])
    assert_close(student.update(w, x, 0.1), np.array([1.3, -1.9, 0.3]))
    assert_close(student.update(np.array([3, -1]), np.array([2, 5]), 0.25), np.array([3.5, 0.25]))
    for n, dtype, atol in ((2, np.float64, 1e-9), (15, np.float32, 1e-4)):
        w, x = map(awkward, rng.normal(scale=5.0, size=(2, n)).astype(dtype))
        eta = float(rng.uniform(0.01, 2.0))
        expected = np.array([float(p) + eta * float(q) for p, q in zip(w, x, strict=True)])
        assert_close(student.update(w, x, eta), expected, atol=atol)


def test_torch_response_and_projection(student, torch, rng):
    """The PyTorch versions give a pre-activation of shape () and a projection of shape (n,)."""
    w, x = torch.tensor([2.0, -1.0, 2.0]), torch.tensor([-3.0, 1.0, -1.0])
    assert_close(student.pre_activation_torch(w, x, 0.5), torch.tensor(-8.5))
    assert_close(student.pre_activation_torch(w, x), torch.tensor(-9.0))
    assert_close(student.projection_torch(x, w), torch.tensor([-2.0, 1.0, -2.0]))
    assert_close(student.projection_torch(x, 1e-10 * w), torch.tensor([-2.0, 1.0, -2.0]))
    assert_close(student.projection_torch(x, torch.zeros(3)), torch.zeros(3))
    for n, dtype in ((2, torch.float32), (10, torch.float64)):
        w, x = rng.normal(size=(2, n)).astype(np.float32)
        weights, inputs = (awkward(torch.tensor(v, dtype=dtype)) for v in (w, x))
        got = student.pre_activation_torch(weights, inputs, -0.75)
        assert_close(got, torch.tensor(np.dot(w, x) - np.float32(0.75)))
        got = student.projection_torch(inputs, weights)
        assert_close(got, torch.tensor(np.outer(w, w) @ x / np.dot(w, w)))


def test_torch_update(student, torch, rng):
    """The PyTorch update is one step of gradient descent on -w · x, in a new tensor."""
    for n, dtype in ((2, torch.float32), (6, torch.float64)):
        w, x = (awkward(torch.tensor(v, dtype=dtype)) for v in rng.normal(size=(2, n)))
        eta = float(rng.uniform(0.1, 0.9))
        leaf = w.clone().requires_grad_()
        (-(leaf @ x)).backward()
        assert_close(student.update_torch(w, x, eta), w - eta * leaf.grad)
