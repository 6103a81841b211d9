"""Predicting shapes: one product, a clash, a chain of layers, a layer of PyTorch's."""

from itertools import pairwise

import numpy as np
import pytest

from grader import assert_close, awkward

# Shapes that do not fit, with the two sizes that clash. Some share another size, some would fit
# the other way round, and some would be stretched by * or +.
CLASHES = [
    ((2, 3), (4, 2), (3, 4)),
    ((6, 5), (10, 6), (5, 10)),
    ((2, 4), (2, 4), (4, 2)),
    ((2, 3), (2,), (3, 2)),
    ((4, 2), (5, 2), (2, 5)),
    ((3, 3), (1, 3), (3, 1)),
    ((3, 1), (3,), (1, 3)),
    ((5, 4), (2,), (4, 2)),
]


def test_columns_are_inputs(student, rng):
    """A weight of shape (2, 3) takes 3 numbers and gives 2: its columns are inputs."""
    assert_close(student.layer_sizes(awkward(np.zeros((2, 3), np.float32))), (3, 2))
    assert_close(student.layer_sizes(np.ones((4, 4))), (4, 4))
    for m, n in rng.integers(1, 40, size=(5, 2)).tolist():
        assert_close(student.layer_sizes(np.zeros((m, n))), (n, m))


def test_outer_sizes_remain(student, rng):
    """The inner sizes disappear: (2, 3) with (3,) gives (2,), and with (3, 4) it gives (2, 4)."""
    assert_close(student.product_shape((2, 3), (3, 4)), (2, 4))
    assert_close(student.product_shape((2, 3), (3,)), (2,))
    assert_close(student.product_shape((3072, 768), (768,)), (3072,))
    assert_close(student.product_shape((3, 3), (3, 3)), (3, 3))
    for m, n, p in [(5, 1, 5), (1, 6, 1), *rng.integers(1, 9, size=(6, 3)).tolist()]:
        matrix, vector = np.ones((m, n)), np.ones(n)
        assert_close(student.product_shape((m, n), (n,)), (matrix @ vector).shape)
        assert_close(student.product_shape((m, n), (n, p)), (matrix @ np.ones((n, p))).shape)


def test_inner_sizes_must_be_equal(student):
    """If the inner sizes differ there is no product, so there is no shape: raise ValueError."""
    for left, right, _ in CLASHES:
        with pytest.raises(ValueError):
            student.product_shape(left, right)


def test_clash_names_both_sizes(student, rng):
    """A clash is named by its two sizes: the columns on the left, then the first size on the right.

    (2, 3) and (2,) clash because 3 is not 2.
    """
    for left, right, sizes in CLASHES:
        assert_close(student.clash(left, right), sizes)
    for m, n, p in rng.integers(1, 9, size=(6, 3)).tolist():
        assert_close(student.clash((m, n), (n + p,)), (n, n + p))
        assert_close(student.clash((m, n + p), (n, p)), (n + p, n))


def test_no_clash_is_none(student, rng):
    """Shapes that fit do not clash, whatever their outer sizes are: the answer is None."""
    for left, right in (((4, 4), (4, 4)), ((2, 3), (3, 4)), ((2, 3), (3,)), ((5, 1), (1, 7))):
        assert_close(student.clash(left, right), None)
    for m, n, p in rng.integers(1, 9, size=(6, 3)).tolist():
        assert_close(student.clash((m, n), (n, p)), None)


def test_each_layer_takes_what_the_last_one_gave(student, rng):
    """A chain's sizes are its input and what each layer gives: 3, then 4, then 2, then 5."""
    assert_close(student.chain_sizes([(4, 3), (2, 4), (5, 2)], 3), [3, 4, 2, 5])
    assert_close(student.chain_sizes([(3072, 768), (768, 3072)], 768), [768, 3072, 768])
    assert_close(student.chain_sizes([(1, 6)], 6), [6, 1])
    assert_close(student.chain_sizes([], 7), [7])
    sizes = rng.integers(1, 30, size=6).tolist()
    shapes = [(m, n) for n, m in pairwise(sizes)]
    assert_close(student.chain_sizes(shapes, sizes[0]), sizes)


def test_broken_chain(student):
    """A layer that does not take what arrives breaks the chain, wherever it is: ValueError."""
    for shapes, size in (
        ([(4, 3), (2, 5)], 4),  # nothing fits
        ([(4, 3), (2, 4)], 4),  # the input does not fit
        ([(4, 3), (4, 4), (4, 2)], 3),  # the last layer does not fit
        ([(4, 3), (2, 3), (5, 2)], 3),  # one in the middle does not
        ([(4, 3), (3, 2), (5, 3)], 3),
        ([(2, 4), (4, 3)], 3),  # right in the other order only
        ([(3, 4), (4, 2)], 3),  # weights turned over
        ([(1, 3), (2, 5)], 3),  # nothing is stretched
    ):
        with pytest.raises(ValueError):
            student.chain_sizes(shapes, size)


def test_torch_layer_has_the_weight(student, torch):
    """The PyTorch layer stores a weight of the wanted shape and maps n numbers to m."""
    for m, n in ((2, 3), (5, 1), (4, 4), (3, 8)):
        layer = student.linear_layer((m, n))
        assert_close(tuple(layer.weight.shape), (m, n))
        assert_close(tuple(layer.bias.shape), (m,))
        assert_close((layer.in_features, layer.out_features), (n, m))
        kept = student.keep.linear_layer((m, n))
        assert_close(tuple(kept(torch.ones(n)).shape), (m,))
