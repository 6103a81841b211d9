"""Products swapped, transposed and regrouped."""

import math

import numpy as np

from grader import assert_close, awkward


def product(A, B):
    """Row by column, added up without rounding errors."""
    columns = list(zip(*np.asarray(B).tolist(), strict=True))
    rows = np.asarray(A).tolist()
    return np.array(
        [[math.fsum(map(math.prod, zip(r, c, strict=True))) for c in columns] for r in rows]
    )


def rotation(theta):
    return np.array([[math.cos(theta), -math.sin(theta)], [math.sin(theta), math.cos(theta)]])


def test_undefined_without_fitting_inner_sizes(student):
    """If the inner sizes of AB or of BA do not agree, the answer is "undefined"."""
    for a, b in (((3, 4), (2, 3)), ((2, 3), (3, 4)), ((2, 3), (2, 3)), ((2, 3), (4, 5))):
        assert_close(student.compare_orders(np.ones(a), np.ones(b)), "undefined")
    assert_close(student.compare_orders(np.ones((3, 3)), np.ones((3, 1))), "undefined")
    assert_close(student.compare_orders(np.ones((1, 3)), np.ones((3, 3))), "undefined")


def test_two_shapes_are_different_products(student):
    """(2, 3) and (3, 2) have both products, of shapes (2, 2) and (3, 3): they "differ"."""
    A, B = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]), np.array([[2.0, 0.0], [1, 1], [0, 5.0]])
    assert_close(student.compare_orders(A, B), "differ")
    assert_close(student.compare_orders(np.zeros((1, 3)), np.ones((3, 1))), "differ")
    assert_close(student.compare_orders(np.ones((4, 1)), np.zeros((1, 4))), "differ")


def test_most_square_matrices_differ(student, rng):
    """For most square matrices AB and BA differ, even if many of their entries are equal."""
    A, B = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 9.0]])
    assert_close(student.compare_orders(A, B), "differ")
    shear = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    assert_close(student.compare_orders(shear, np.diag([1.0, 3.0, 3.0])), "differ")  # in one entry
    turn, flip = np.array([[0.0, 1.0], [-1.0, 0.0]]), np.array([[1.0, 0.0], [0.0, -1.0]])
    assert_close(student.compare_orders(turn, flip), "differ")  # the same up to sign
    right, left = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [2.0, 1.0]])
    assert_close(student.compare_orders(right, left), "differ")  # the same entries, moved
    for n in (2, 3, 5):
        A, B = map(awkward, rng.normal(size=(2, n, n)).astype(np.float32 if n == 3 else float))
        assert_close(student.compare_orders(A, B), "differ")


def test_some_commute_up_to_rounding(student, rng):
    """Rotations, diagonal matrices, powers of one matrix and the identity commute."""
    for one, other in ((0.3, 1.1), (-2.0, 0.7), (2.5, 0.1)):
        assert_close(student.compare_orders(rotation(one), 7 * rotation(other)), "commute")
    left, right = rng.uniform(0.1, 9.0, size=(2, 4))
    assert_close(student.compare_orders(np.diag(left), np.diag(right)), "commute")
    A = rng.normal(size=(3, 3))
    assert_close(student.compare_orders(A, product(A, A)), "commute")
    assert_close(student.compare_orders(np.eye(3), A), "commute")
    assert_close(student.compare_orders(np.array([[0.1]]), np.array([[-3.0]])), "commute")


def test_transposing_reverses_the_factors(student, rng):
    """(AB)ᵀ = BᵀAᵀ: the transpose of A comes last, and the shape is (p, m)."""
    A, B = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [2.0, 1.0]])
    assert_close(student.transposed_product(A.T, B.T), np.array([[4.0, 8.0], [3.0, 7.0]]))
    for m, n, p in ((4, 3, 2), (3, 3, 3), (1, 4, 2), (2, 1, 2)):
        A, B = rng.normal(size=(m, n)), rng.normal(size=(n, p))
        dtype = np.float32 if m == n else np.float64
        A, B = A.astype(dtype), B.astype(dtype)
        got = student.transposed_product(awkward(A.T), awkward(B.T))
        assert_close(got, product(A, B).T, **({"rtol": 1e-5, "atol": 1e-5} if m == n else {}))


def test_torch_transposes_each_of_a_batch(student, torch, rng):
    """In PyTorch one pair gives (p, m), and a batch of N pairs (N, p, m): the batch stays first."""
    for m, n, p in ((4, 3, 2), (3, 3, 3)):
        A, B = rng.normal(size=(5, m, n)), rng.normal(size=(5, n, p))
        expected = [product(a, b).T for a, b in zip(A, B, strict=True)]
        dtype = torch.float64 if m == n else torch.float32
        At, Bt = (awkward(torch.tensor(X.swapaxes(1, 2).copy(), dtype=dtype)) for X in (A, B))
        got = student.transposed_product_torch(At[0], Bt[0])
        assert_close(got, torch.tensor(expected[0]).float())
        got = student.transposed_product_torch(At, Bt)
        assert_close(got, torch.tensor(np.array(expected)).float())


def test_both_groupings_are_counted(student, rng):
    """(AB)C takes m·n·p multiplications and then m·p·q; A(BC) takes n·p·q and then m·n·q."""
    assert_close(student.costs(10, 1, 10, 1), (200, 20))
    assert_close(student.costs(1, 1000, 1000, 1), (1001000, 1001000))
    assert_close(student.costs(2, 1, 10, 3), (80, 36))
    for _ in range(5):
        m, n, p, q = rng.integers(1, 12, size=4).tolist()
        AB = sum(1 for i in range(m) for j in range(p) for k in range(n))
        BC = sum(1 for i in range(n) for j in range(q) for k in range(p))
        AB_C = AB + sum(1 for i in range(m) for j in range(q) for k in range(p))
        A_BC = BC + sum(1 for i in range(m) for j in range(q) for k in range(n))
        assert_close(student.costs(m, n, p, q), (AB_C, A_BC))


def test_cheaper_from_the_right(student, rng):
    """A, B and C are multiplied as A(BC) where that is cheaper in total; (AB)C becomes inf."""
    for m, n, p, q in ((4, 3, 2, 5), (3, 3, 3, 3), (1, 6, 2, 1)):
        A, B, C = rng.normal(size=(m, n)), rng.normal(size=(n, p)), rng.normal(size=(p, q))
        expected = product(A, product(B, C))
        dtype = np.float32 if m == n else np.float64
        A, B, C = (awkward(M.astype(dtype)) for M in (A, B, C))
        close = {"rtol": 1e-4, "atol": 1e-4} if m == n else {}
        assert_close(student.multiply_three(A, B, C), expected, **close)
    # (AB)C would meet 1e200 × 1e200 = inf on its way.
    for m, n, p, q in ((3, 1, 3, 1), (2, 1, 10, 3), (6, 2, 5, 4)):
        A, B, C = np.full((m, n), 1e200), np.full((n, p), 2e200), np.full((p, q), 3e-200)
        assert_close(student.multiply_three(A, B, C), np.full((m, q), 6e200 * n * p))


def test_cheaper_from_the_left(student):
    """A, B and C are multiplied as (AB)C where that is cheaper in total; A(BC) becomes inf."""
    # A(BC) would meet 1e200 × 1e200 = inf on its way.
    for m, n, p, q in ((1, 3, 1, 3), (3, 10, 1, 2), (4, 5, 2, 6)):
        A, B, C = np.full((m, n), 3e-200), np.full((n, p), 2e200), np.full((p, q), 1e200)
        assert_close(student.multiply_three(A, B, C), np.full((m, q), 6e200 * n * p))
