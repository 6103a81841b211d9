"""A function and a layer, with torch."""

import numpy as np
import pytest


def test_function(student, torch):
    """Every row of x becomes W x + b."""
    x = torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])
    W = torch.tensor([[1.0, 0.0, 2.0], [-1.0, 1.0, 0.5]])
    b = torch.tensor([0.25, -1.0])
    expected = torch.tensor([[-0.75, -0.5], [6.75, 0.0]])
    torch.testing.assert_close(student.affine(x, W, b), expected)
    square = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    torch.testing.assert_close(
        student.affine(square, square, b), torch.tensor([[5.25, 10.0], [11.25, 24.0]])
    )


def test_gradient(student, torch):
    """The gradient for x is g W."""
    x, W, b = torch.ones(1, 2), torch.tensor([[1.0, 2.0], [3.0, 5.0]]), torch.zeros(2)
    _, (dx, dW, db) = student.vjp("affine", (x, W, b), torch.tensor([[1.0, -1.0]]))
    assert dx is not None
    assert np.array_equal(dx, [[-2.0, -3.0]])
    assert db.tolist() == [1.0, -1.0]
    assert dW.shape == (2, 2)


def test_layer(student, torch):
    """A layer has W of shape (out, in), b of shape (out,), and calls affine."""
    layer = student.keep.Affine(3, 2)
    assert layer.W.shape == (2, 3)
    layer.load_state_dict({"W": torch.ones(2, 3), "b": torch.tensor([1.0, -1.0])})
    got = layer(torch.ones(1, 3))
    assert got.detach().numpy() == pytest.approx(np.array([[4.0, 2.0]]))
