"""Making a weight matrix, reading its shape, its entries, its rows and its columns."""

import itertools

import numpy as np
import pytest

from grader import assert_close, awkward


def as_list(answer):
    """A tuple of sizes is as good as a list of them."""
    return list(answer) if isinstance(answer, tuple) else answer


def untouchable(W):
    """The same matrix; whoever writes into it gets an error."""
    W.flags.writeable = False
    return W


def test_rows_become_a_matrix(student, rng):
    """m rows of n numbers give shape (m, n) and dtype float64, in their order, integers or not."""
    assert_close(
        student.matrix([[0.5, -1.0, 2.0], [3.0, 0.25, 1.5]]),
        np.array([[0.5, -1.0, 2.0], [3.0, 0.25, 1.5]]),
    )
    whole = [[1, -2], [3, 4], [0, 6]]
    _ = student.keep.matrix(whole).dtype  # asked before judging: a diagnosis sees it, too
    assert_close(student.matrix(whole), np.array(whole, dtype=float), dtype="float64")
    for m, n in ((1, 1), (1, 4), (4, 1), (3, 3), (2, 7)):
        rows = [[float(x) for x in rng.normal(scale=100.0, size=n)] for _ in range(m)]
        got = student.matrix(rows)
        assert_close(got, np.concatenate(rows).reshape(m, n))


def test_ragged_rows_are_refused(student):
    """Rows of different lengths are not a matrix, whichever of them is short: raise ValueError."""
    for rows in (
        [[1.0, 2.0, 3.0], [4.0, 5.0]],
        [[1.0, 2.0], [3.0, 4.0, 5.0]],
        [[1.0, 2.0, 3.0], [4.0]],
        [[1.0, 2.0], [3.0, 4.0], [5.0]],
        [[1, 2, 3], [4, 5, 6], [7, 8, 9, 10]],
    ):
        with pytest.raises(ValueError):
            student.matrix(rows)


def test_sizes_run_from_input_to_output(student, rng):
    """A shape says (outputs, inputs): matrices (2, 3) and (4, 2) lead from 3 numbers to 2 to 4."""
    assert_close(as_list(student.layer_sizes([np.ones((2, 3))])), [3, 2])
    assert_close(as_list(student.layer_sizes([np.ones((2, 3)), np.ones((4, 2))])), [3, 2, 4])
    assert_close(as_list(student.layer_sizes([np.ones((3, 3)), np.ones((1, 3))])), [3, 3, 1])
    for depth in (1, 2, 5):
        sizes = [int(n) for n in rng.integers(1, 30, size=depth + 1)]
        weights = [
            untouchable(rng.normal(size=(outputs, inputs)))
            for inputs, outputs in itertools.pairwise(sizes)
        ]
        assert_close(as_list(student.layer_sizes(weights)), sizes)


def test_layers_must_fit(student):
    """A layer needs as many inputs as the layer before has outputs, or it raises ValueError."""
    for shapes in (
        [(2, 3), (4, 3)],
        [(3, 2), (2, 4)],
        [(2, 3), (3, 4)],  # in the other order they would fit
        [(5, 4), (3, 5), (2, 4)],
        [(5, 4), (3, 6), (2, 3)],
        [(4, 4), (1, 1)],
    ):
        with pytest.raises(ValueError):
            student.layer_sizes([np.ones(shape) for shape in shapes])


def test_one_weight_a_connection_one_bias_a_neuron(student, rng):
    """A layer from 3 inputs to 2 neurons has 6 weights and 2 biases; layers are added up."""
    assert_close(student.count_parameters([np.zeros((2, 3))]), 8)
    assert_close(student.count_parameters([np.zeros((3, 2))]), 9)
    assert_close(student.count_parameters([np.zeros((5, 5))]), 30)
    assert_close(student.count_parameters([np.zeros((128, 784)), np.zeros((10, 128))]), 101770)
    sizes = rng.integers(1, 12, size=5).tolist()
    layers = list(zip(sizes[1:], sizes[:-1], strict=True))
    weights = [untouchable(rng.normal(size=shape)) for shape in layers]
    count = sum(1 for m, n in layers for _ in range(m) for _ in range(n + 1))
    assert_close(student.count_parameters(weights), count)


def test_row_first_then_column(student, rng):
    """The weight of neuron i for input j is in row i, column j, both counted from 0."""
    W = np.array([[0.5, -1.0, 2.0], [3.0, 0.25, 1.5]])
    assert_close(student.weight(W, 0, 1), -1.0)
    assert_close(student.weight(W, 1, 0), 3.0)
    assert_close(student.weight(W, 1, 2), 1.5)
    for shape, dtype in (((4, 4), np.float64), ((2, 5), np.float32)):
        W = awkward(rng.normal(size=shape).astype(dtype))
        for i, row in enumerate(W.tolist()):
            assert_close([student.weight(W, i, j) for j in range(len(row))], row)
    W = np.arange(6.0).reshape(2, 3)
    for i, j in ((2, 0), (0, 3), (1, 3), (2, 3)):
        with pytest.raises(IndexError):
            student.weight(W, i, j)


def test_row_is_one_neuron_copied(student, rng):
    """The weights of neuron i are row i, in memory of their own: changing them leaves W alone."""
    W = np.array([[0.5, -1.0, 2.0], [3.0, 0.25, 1.5]])
    assert_close(student.neuron_weights(W, 1), np.array([3.0, 0.25, 1.5]))
    for shape in ((3, 3), (5, 2), (1, 4), (4, 1)):
        W = untouchable(rng.normal(size=shape).astype(np.float32))
        if shape == (5, 2):
            W = awkward(W)
        x = rng.normal(size=shape[1])
        outputs = W.astype(float) @ x
        for i, row in enumerate(W.tolist()):
            got = student.neuron_weights(W, i)
            assert_close(got, np.array(row, dtype=np.float32), dtype="float32")
            assert_close(sum(got.astype(float) * x), outputs[i])
        here = student.keep(W)
        if student.keep.neuron_weights(here, 0).shares_memory(here):
            pytest.fail("Whoever writes into the result changes W: they share memory.")


def test_column_is_a_window_on_one_input(student, rng):
    """The weights of input j are column j, in the memory of W: changing them changes W."""
    W = np.array([[0.5, -1.0, 2.0], [3.0, 0.25, 1.5]])
    assert_close(student.input_weights(W, 1), np.array([-1.0, 0.25]))
    for shape in ((3, 3), (2, 5), (1, 4), (4, 1)):
        W = untouchable(rng.normal(size=shape).astype(np.float32))
        if shape == (2, 5):
            W = awkward(W)
        for j in range(shape[1]):
            only_j = np.array([float(k == j) for k in range(shape[1])], dtype=np.float32)
            got = student.input_weights(W, j)
            assert_close(got, np.array([row[j] for row in W.tolist()]).astype(np.float32))
            assert_close(got, W @ only_j)
        here = student.keep(W)
        if not student.keep.input_weights(here, 0).shares_memory(here):
            pytest.fail("A change of the result does not reach W: it was copied.")


def test_number_comes_out_of_a_tensor(student, torch):
    """A weight comes out of a tensor as a plain Python number, row first, then column."""
    W = torch.tensor([[0.5, -1.0, 2.0], [3.0, 0.25, 1.5]])
    for i, dtype in ((0, torch.float32), (1, torch.float64)):
        given, row = awkward(W.to(dtype)), W[i].tolist()
        assert_close([student.weight_torch(given, i, j) for j in range(3)], row)
    for i, j in ((2, 0), (0, 3)):
        with pytest.raises(IndexError):
            student.weight_torch(W, i, j)
