"""The angle between two vectors, and the sign of their dot product."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

# Vector and factor: in floating point the cosine of a vector and its multiple exceeds 1 here, by
# whichever formula it is computed.
PARALLEL = [([1.4, 1.2], 3.0), ([28.0, -13.0, -17.0], 0.1), ([2.8, -0.4, -2.3, -0.2], 0.3)]


def pair_at(theta, n, lengths, rng):
    """Two vectors of n components and given lengths, with the angle theta between them."""
    u, v = np.linalg.qr(rng.normal(size=(n, 2)))[0].T
    return lengths[0] * u, lengths[1] * (math.cos(theta) * u + math.sin(theta) * v)


def test_known_angles(student):
    """An angle is in radians: (1, 0) and (1, 1) are π/4 apart, (2, 0) and (0, 3) are π/2 apart."""
    assert_close(student.angle(np.array([1.0, 0.0]), np.array([1.0, 1.0])), math.pi / 4)
    assert_close(student.angle(np.array([2, 0]), np.array([0, 3])), math.pi / 2)
    assert_close(student.angle(np.array([5.0, 0.0]), np.array([12**0.5, 2.0])), math.pi / 6)
    assert_close(student.angle(np.array([0.0, 0.25]), np.array([0.6, 0.8])), math.acos(0.8))


def test_any_length_and_dimension(student, rng):
    """Neither lengths nor the number of components matter, and an angle may exceed π/2."""
    for theta in (0.3, 1.2, 1.9, 2.8):
        for n, short in ((2, 1e-20), (3, 1e-9), (50, 1e-3)):
            a, b = map(awkward, pair_at(theta, n, (short, rng.uniform(100.0, 1000.0)), rng))
            assert_close(student.angle(a, b), theta, rtol=1e-6)
            a, b = pair_at(theta, n, (0.5, 2.0), rng)
            single = student.angle(a.astype(np.float32), b.astype(np.float32))
            assert_close(single, theta, rtol=1e-4)


def test_parallel_vectors_give_no_nan(student):
    """A vector and its positive multiple are 0 apart, its negative one π: rounding gives no nan."""
    for vector, factor in PARALLEL:
        a = np.array(vector)
        assert_close(student.angle(a, factor * a), 0.0, atol=1e-6)
        assert_close(student.angle(a, -factor * a), math.pi, atol=1e-6)


def test_zero_vector_has_no_angle(student):
    """The zero vector has no direction, so neither angle nor relation: raise ValueError."""
    zero, b = np.zeros(3), np.array([1.0, -2.0, 2.0])
    for function in (student.angle, student.relation):
        for pair in ((zero, b), (b, zero), (zero, zero)):
            with pytest.raises(ValueError):
                function(*pair)


def test_sign_tells_the_relation(student, rng):
    """Every angle below π/2 is "similar" and every angle above it "opposite", not only 0 and π."""
    a, b = np.array([2, -1, 3]), np.array([4, 5, -1])
    assert_close(student.relation(a, b), "perpendicular")
    assert_close(student.relation(a, b + 1), "similar")
    assert_close(student.relation(a, b - 1), "opposite")
    for theta, expected in ((0.1, "similar"), (1.5, "similar"), (1.7, "opposite"), (3, "opposite")):
        for n, dtype in ((2, np.float64), (7, np.float32)):
            a, b = (awkward(v.astype(dtype)) for v in pair_at(theta, n, (2.0, 0.5), rng))
            assert_close(student.relation(a, b), expected)


def test_tolerance_is_for_the_cosine(student):
    """The tolerance applies to cos θ, so rounding and the lengths do not change the answer."""
    right = np.array([math.cos(math.pi / 2), 1.0])  # (6e-17, 1)
    assert_close(student.relation(np.array([1.0, 0.0]), right), "perpendicular")
    long, short = np.array([1e6, 2e6]), np.array([5e-21, 1e-20])
    assert_close(student.relation(long, np.array([-2e6, 1e6 + 0.01])), "perpendicular")
    assert_close(student.relation(short, np.array([-2e-9, 1.5e-9])), "similar")
    assert_close(student.relation(short, np.array([-2e-20, 5e-21])), "opposite")
    nearly = np.array([0.005, 1.0])
    assert_close(student.relation(np.array([1.0, 0.0]), nearly), "similar")
    assert_close(student.relation(np.array([1.0, 0.0]), nearly, 0.01), "perpendicular")
    assert_close(student.relation(np.array([1.0, 0.0]), -nearly, 0.01), "perpendicular")
    for cosine, expected in ((5e-7, "perpendicular"), (1.5e-6, "similar"), (-1.5e-6, "opposite")):
        assert_close(student.relation(np.array([1.0, 0.0]), np.array([cosine, 1.0])), expected)
    for along in (2.0, -2.0):  # cos θ is exactly ±1, and |±1| ≤ 1
        pair = np.array([3.0, 0.0]), np.array([along, 0.0])
        assert_close(student.relation(*pair, 1.0), "perpendicular")


def test_torch_agrees(student, torch, rng):
    """The PyTorch version follows the same rules and returns a tensor of shape ()."""
    for theta, n in ((0.7, 2), (2.4, 3), (1.4, 20)):
        a, b = (awkward(torch.tensor(v).float()) for v in pair_at(theta, n, (30.0, 0.2), rng))
        assert_close(student.angle_torch(a, b), torch.tensor(theta))
    for vector, factor in PARALLEL:
        a = torch.tensor(vector, dtype=torch.float64)
        assert_close(student.angle_torch(a, factor * a), torch.tensor(0.0).double(), atol=1e-6)
        expected = torch.tensor(math.pi, dtype=torch.float64)
        assert_close(student.angle_torch(a, -factor * a), expected, atol=1e-6)
    with pytest.raises(ValueError):
        student.angle_torch(torch.zeros(3), torch.ones(3))
