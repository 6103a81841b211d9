"""Tables of dot products and cosines: every row of one matrix with every row of another."""

import math

import numpy as np

from grader import assert_close, awkward


def dots(Q, K):
    """Every pair of rows, added up without rounding errors."""
    return np.array(
        [
            [math.fsum(map(math.prod, zip(q, k, strict=True))) for k in K.tolist()]
            for q in Q.tolist()
        ]
    )


def cosines(X, Y):
    """Every pair of rows by the definition; 0 where a row is zero."""
    lengths = np.array([[math.hypot(*x) * math.hypot(*y) for y in Y.tolist()] for x in X.tolist()])
    return dots(X, Y) / np.where(lengths > 0, lengths, 1.0)


def test_entry_is_query_times_key(student):
    """Entry (i, j) of the table is query i times key j, a row of Q times a row of K."""
    Q = np.array([[1.0, 2.0, 0.0], [0.5, 0.0, 3.0], [-1.0, 1.0, 1.0]])
    K = np.array([[2.0, 1.0, 0.0], [0.0, -1.0, 1.0], [4.0, 3.0, -2.0]])
    expected = np.array([[4.0, -2.0, 10.0], [1.0, 3.0, -4.0], [-1.0, 0.0, -3.0]])
    assert_close(student.scores(Q, K), expected)
    assert_close(student.scores(2 * Q, K), 2 * expected)  # the length of a query counts


def test_any_number_of_queries_and_keys(student, rng):
    """2 queries and 3 keys give a (2, 3) table: any two numbers of rows fit, also a single one."""
    Q = np.array([[1.0, 2.0, 0.0, -1.0], [0.5, 0.0, 3.0, 1.0]])
    K = np.array([[2.0, 1.0, 0.0, 4.0], [0.0, -1.0, 1.0, 1.0], [4.0, 3.0, -2.0, 0.0]])
    assert_close(student.scores(Q, K), np.array([[0.0, -3.0, 10.0], [5.0, 4.0, -4.0]]))
    for q, k, d in ((4, 3, 2), (3, 3, 3), (2, 2, 5), (1, 6, 4), (6, 1, 4)):
        Q, K = rng.normal(scale=5.0, size=(q, d)), rng.normal(size=(k, d))
        Q, K = awkward(Q), awkward(K)
        assert_close(student.scores(Q, K), dots(Q, K))
        assert_close(student.scores(K, Q), dots(Q, K).T)
        Q, K = Q.astype(np.float32), K.astype(np.float32)
        assert_close(student.scores(Q, K), dots(Q, K), rtol=1e-4, atol=1e-3)


def test_scale_is_the_root_of_the_key_size(student, rng):
    """Attention divides by √d, where d is the number of entries of one key."""
    Q, K = (
        np.array([[2, 0, 0, 4], [1, 1, 1, 1]]),
        np.array([[1, 5, 5, 1], [4, 0, 0, 1], [0, 0, 2, 0]]),
    )
    assert_close(student.scaled_scores(Q, K), np.array([[3.0, 6.0, 0.0], [6.0, 2.5, 1.0]]))
    for q, k, d in ((4, 3, 2), (2, 5, 64), (3, 3, 3), (9, 4, 1)):
        Q, K = rng.normal(size=(q, d)), rng.normal(size=(k, d))
        single = q == k
        Q, K = (awkward(M.astype(np.float32 if single else float)) for M in (Q, K))
        close = {"rtol": 1e-5, "atol": 1e-5} if single else {}
        assert_close(student.scaled_scores(Q, K), dots(Q, K) / math.sqrt(d), **close)


def test_each_of_a_batch_by_itself(student, rng):
    """In a batch, each Q meets the K at its own place: (N, q, d) and (N, k, d) give (N, q, k)."""
    for batch, q, k, d in ((3, 3, 3, 3), (5, 4, 3, 2), (1, 2, 4, 6), (2, 1, 2, 3)):
        Q, K = rng.normal(size=(batch, q, d)), rng.normal(size=(batch, k, d))
        Q.flags.writeable = K.flags.writeable = False
        expected = np.array([dots(*pair) for pair in zip(Q, K, strict=True)])
        assert_close(student.scores(Q, K), expected)
        assert_close(student.scaled_scores(Q, K), expected / math.sqrt(d))
        expected = np.array([cosines(*pair) for pair in zip(Q, K, strict=True)])
        assert_close(student.cosine_table(Q, K), expected)


def test_cosine_of_all_pairs(student, rng):
    """The cosine table compares all pairs of rows by direction alone, not only row i with row i."""
    X = np.array([[3.0, 4.0, 0.0], [0.0, 0.0, -2.0], [-2.0, 0.0, 0.0]])
    Y = np.array([[4.0, 3.0, 0.0], [-30.0, -40.0, 0.0], [1.0, 2.0, 2.0]])
    expected = np.array([[0.96, -1.0, 11 / 15], [0.0, 0.0, -2 / 3], [-0.8, 0.6, -1 / 3]])
    assert_close(student.cosine_table(X, Y), expected)
    assert_close(student.cosine_table(1e-21 * X[:2], 1e-10 * Y), expected[:2])
    for n, m, d in ((4, 3, 2), (3, 3, 3), (2, 5, 8), (4, 4, 1)):
        X = rng.normal(size=(n, d)) * rng.uniform(0.1, 50.0, size=(n, 1))
        Y = rng.normal(size=(m, d)) * rng.uniform(0.1, 50.0, size=(m, 1))
        single = n == m == d
        X, Y = (awkward(M.astype(np.float32 if single else float)) for M in (X, Y))
        close = {"rtol": 1e-5, "atol": 1e-5} if single else {}
        assert_close(student.cosine_table(X, Y), cosines(X, Y), **close)


def test_zero_row_is_similar_to_nothing(student):
    """A row of zeros has no direction: its cosines are 0, not nan."""
    X, Y = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 0.0], [0.0, -2.0]])
    assert_close(student.cosine_table(X, Y), np.array([[0.0, 0.0, 0.0], [0.6, 0.0, -0.8]]))
    assert_close(student.cosine_table(np.zeros((2, 2)), Y), np.zeros((2, 3)))


def test_torch_scores(student, torch, rng):
    """The PyTorch scores are scaled alike, and take a batch of queries and keys as well."""
    for q, k, d in ((3, 3, 3), (4, 3, 2), (2, 5, 16)):
        Q, K = rng.normal(size=(3, q, d)), rng.normal(size=(3, k, d))
        expected = [dots(*pair) / math.sqrt(d) for pair in zip(Q, K, strict=True)]
        expected = torch.tensor(np.array(expected)).float()
        dtype = torch.float64 if q == k else torch.float32
        Q, K = (awkward(torch.tensor(M, dtype=dtype)) for M in (Q, K))
        assert_close(student.scaled_scores_torch(Q[0], K[0]), expected[0])
        assert_close(student.scaled_scores_torch(Q, K), expected)


def test_torch_cosines(student, torch, rng):
    """The PyTorch cosine table follows the same rules: a batch stays first, zeros give 0."""
    for n, m, d in ((3, 3, 3), (4, 3, 2), (2, 5, 6)):
        X = rng.normal(size=(3, n, d)) * rng.uniform(0.1, 50.0, size=(3, n, 1))
        Y = rng.normal(size=(3, m, d)) * rng.uniform(0.1, 50.0, size=(3, m, 1))
        X[0, 1] = Y[1, 0] = 0.0
        expected = [cosines(*pair) for pair in zip(X, Y, strict=True)]
        expected = torch.tensor(np.array(expected)).float()
        dtype = torch.float64 if n == m else torch.float32
        X, Y = (awkward(torch.tensor(M, dtype=dtype)) for M in (X, Y))
        assert_close(student.cosine_table_torch(X[0], Y[0]), expected[0])
        assert_close(student.cosine_table_torch(X, Y), expected)
