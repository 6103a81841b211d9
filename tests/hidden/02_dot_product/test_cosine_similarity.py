"""Cosine similarity: of a pair, of a query with many rows, and the nearest row."""

import math

import numpy as np

from grader import assert_close, awkward


def cosine(a, b):
    """The definition in Python numbers; 0 for a zero vector."""
    a, b = np.asarray(a).tolist(), np.asarray(b).tolist()
    lengths = math.hypot(*a) * math.hypot(*b)
    dot = math.fsum(x * y for x, y in zip(a, b, strict=True))
    return dot / lengths if lengths else 0.0


def test_both_lengths_divide(student):
    """Both lengths divide the dot product: (3, 4) and (4, 3) give 24 / (5 × 5) = 0.96."""
    assert_close(student.cosine_similarity(np.array([3.0, 4.0]), np.array([4.0, 3.0])), 0.96)
    assert_close(student.cosine_similarity(np.array([1, 2, 2]), np.array([4, 4, 2])), 16 / 18)


def test_sign_stays_and_lengths_cancel(student, rng):
    """Reversed directions give -1, and making a vector longer or shorter changes nothing."""
    a, b = np.array([1.0, -2.0, 2.0]), np.array([-4.0, 2.0, 4.0])
    assert_close(student.cosine_similarity(a, -b), 0.0)
    assert_close(student.cosine_similarity(a, -3 * a), -1.0)
    for n in (2, 3, 40):
        a, b = map(awkward, rng.normal(size=(2, n)))
        expected = cosine(a, b)
        assert_close(student.cosine_similarity(a, b), expected)
        assert_close(student.cosine_similarity(1000 * a, -1e-9 * b), -expected)
        assert_close(student.cosine_similarity(3e-21 * a, 1e-20 * b), expected)
        single = student.cosine_similarity(a.astype(np.float32), b.astype(np.float32))
        assert_close(single, expected, rtol=1e-4, atol=1e-5)


def test_zero_vector_is_similar_to_nothing(student):
    """With a zero vector the similarity is 0, not nan, so a row of padding is never nearest."""
    zero, b = np.zeros(3), np.array([1.0, -2.0, 2.0])
    for pair in ((zero, b), (b, zero), (zero, zero)):
        assert_close(student.cosine_similarity(*pair), 0.0)
    rows = np.array([[0.0, 0.0, 0.0], [2.0, 1.0, 2.0], [0.0, 0.0, 0.0], [2.0, -4.0, 4.0]])
    assert_close(student.similarities(b, rows), np.array([0.0, 4 / 9, 0.0, 1.0]))
    assert_close(student.similarities(zero, rows), np.zeros(4))
    assert_close(student.nearest(b, rows), 3)


def test_one_similarity_for_each_row(student, rng):
    """A query of shape (d,) and n rows of shape (d,) give n similarities, in the order of rows."""
    rows = np.array([[3, 4, 0], [0, 5, 12], [-8, 0, 6]])
    expected = np.array([1.0, 4 / 13, -0.48])
    assert_close(student.similarities(np.array([3.0, 4.0, 0.0]), rows), expected)
    for n, d in ((1, 4), (5, 2), (3, 3), (20, 6)):
        lengths = np.resize([3e-21, 1e-9, 9.0], (n, 1))
        query, rows = awkward(rng.normal(size=d)), awkward(rng.normal(size=(n, d)) * lengths)
        expected = np.array([cosine(query, row) for row in rows])
        assert_close(student.similarities(query, rows), expected)
    query, rows = awkward(query.astype(np.float32)), awkward(rows[2::3].astype(np.float32))
    expected = np.array([cosine(query, row) for row in rows])
    assert_close(student.similarities(query, rows), expected, rtol=1e-4, atol=1e-5)


def test_nearest_is_by_direction(student, rng):
    """The nearest row has the most similar direction; a long one or a close one may lose to it."""
    query = np.array([1.0, 2.0, 2.0])
    long, aligned, close = [10.0, 0.0, 10.0], [0.1, 0.2, 0.25], [1.0, 2.0, 0.5]
    rows = np.array([long, [-1.0, -4.0, -1.0], aligned, close])
    assert_close(student.nearest(query, rows), 2)
    rows = np.array([long, aligned, [-2.0, -4.0, -4.0], close])
    assert_close(student.nearest(query, rows), 1)
    for n, d, dtype in ((6, 3, np.float64), (30, 8, np.float32)):
        query, rows = rng.normal(size=d), rng.normal(size=(n, d)) * rng.uniform(0.1, 9, (n, 1))
        query, rows = awkward(query.astype(dtype)), awkward(rows.astype(dtype))
        scores = [cosine(query, row) for row in rows]
        assert_close(student.nearest(query, rows), scores.index(max(scores)))


def test_torch_pair(student, torch, rng):
    """The PyTorch version for a pair follows the same rules and returns a tensor of shape ()."""
    pairs = [([3.0, 4.0], [-4.0, -3.0]), ([3.0, 4.0], [4.0, 3.0]), ([0.0, 0.0], [1.0, 2.0])]
    pairs += [rng.normal(size=(2, 5)), rng.normal(size=(2, 3)) * [[20.0], [0.01]]]
    for a, b in pairs:
        dtype = torch.float64 if len(a) == 5 else torch.float32
        a, b = (awkward(torch.tensor(v, dtype=dtype)) for v in (a, b))
        assert_close(student.cosine_similarity_torch(a, b), torch.tensor(cosine(a, b)))


def test_torch_rows(student, torch, rng):
    """The PyTorch version for rows follows the same rules and returns a tensor of shape (n,)."""
    for n, d, dtype in ((4, 3, torch.float32), (3, 3, torch.float64), (2, 6, torch.float32)):
        query, rows = rng.normal(size=d), rng.normal(size=(n, d)) * rng.uniform(0.1, 9, (n, 1))
        rows[1] = 0.0
        expected = torch.tensor([cosine(query, row) for row in rows])
        query, rows = (awkward(torch.tensor(v, dtype=dtype)) for v in (query, rows))
        assert_close(student.similarities_torch(query, rows), expected)
