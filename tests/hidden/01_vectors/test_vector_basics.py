"""Making vectors, reading them, and passing them between NumPy and PyTorch."""

import numpy as np
import pytest

from grader import assert_close, awkward


def test_vector_is_one_axis_of_floats(student, rng):
    """n components give shape (n,) and dtype float64, in their order, integers or not."""
    assert_close(student.vector([0.8, 0.3, 0.5]), np.array([0.8, 0.3, 0.5]))
    whole = student.keep.vector([3, -4, 0])
    kind = whole.dtype  # asked before the comparison, so that a diagnosis sees it
    assert_close(student.vector([3, -4, 0]), np.array([3.0, -4.0, 0.0]), dtype="float64")
    assert kind == np.dtype("float64")
    for n in (1, 2, 7):
        components = rng.normal(scale=100.0, size=n)
        assert_close(student.vector(components.tolist()), components)


def test_components_count_from_one(student, rng):
    """The components of v are v₁ to vₙ: k = 1 is the first entry, k = n the last."""
    v = np.array([0.8, 0.3, 0.5])
    for k, expected in ((1, 0.8), (2, 0.3), (3, 0.5)):
        assert_close(student.component(v, k), expected)
    v = awkward(rng.normal(size=5).astype(np.float32))
    assert_close([student.component(v, k) for k in range(1, 6)], v.tolist())


def test_no_component_outside(student):
    """There is no component 0, none below it and none beyond n: raise IndexError."""
    v = np.array([0.8, 0.3, 0.5])
    for k in (0, -1, 4):
        with pytest.raises(IndexError):
            student.component(v, k)


def test_components_and_axes_are_two_counts(student):
    """A vector of 3 components has one axis; a matrix of shape (2, 3) has 6 components, 2 axes."""
    assert_close(student.components_and_axes(np.array([0.8, 0.3, 0.5])), (3, 1))
    assert_close(student.components_and_axes(awkward(np.zeros((2, 3), np.float32))), (6, 2))
    assert_close(student.components_and_axes(np.zeros(1)), (1, 1))
    assert_close(student.components_and_axes(np.zeros((5, 28, 28))), (3920, 3))
    assert_close(student.components_and_axes(np.array(7.0)), (1, 0))
    assert_close(student.components_and_axes(np.zeros((2, 0))), (0, 2))


def test_torch_vector_is_float32(student, torch, rng):
    """In PyTorch n components give shape (n,) and dtype float32, integers or not."""
    assert_close(student.vector_torch([0.8, 0.3, 0.5]), torch.tensor([0.8, 0.3, 0.5]))
    whole = student.keep.vector_torch([3, -4, 0])
    kind = whole.dtype
    expected = torch.tensor([3.0, -4.0, 0.0])
    assert_close(student.vector_torch([3, -4, 0]), expected, dtype=torch.float32)
    assert kind == torch.float32
    components = rng.normal(size=6).tolist()
    assert_close(student.vector_torch(components), torch.tensor(components))


def test_numbers_come_out_of_a_tensor(student, torch):
    """A component and both counts come out of a tensor as plain Python numbers."""
    t = torch.tensor([0.5, 0.25, 2.0])
    double = awkward(t.double())
    for a, counts in (
        (t, (3, 1)),
        (awkward(torch.zeros(4, 3, 2).double()), (24, 3)),
        (torch.tensor(7.0), (1, 0)),
        (torch.zeros(2, 0), (0, 2)),
    ):
        assert_close(student.components_and_axes_torch(a), counts)
    for k, expected, given in ((1, 0.5, t), (2, 0.25, double), (3, 2.0, double)):
        assert_close(student.component_torch(given, k), expected)
    for k in (0, -1, 4):
        with pytest.raises(IndexError):
            student.component_torch(t, k)


def test_copies_have_their_own_memory(student, torch, rng):
    """A copy shares no memory with the original, also where no dtype has to be converted."""
    values = rng.normal(size=4)
    for dtype in (np.float64, np.float32, np.int64, np.uint8):
        v = (10 * abs(values) if dtype == np.uint8 else 10 * values).astype(dtype)
        if dtype in (np.float64, np.uint8):
            v = awkward(v, backwards=False)
        here = student.keep(v)
        there = student.keep.copy_to_torch(here)
        kind, shared = there.dtype, there.shares_memory(here)
        expected = torch.tensor(v.tolist(), dtype=torch.float32)
        assert_close(student.copy_to_torch(v), expected, dtype=torch.float32)
        assert kind == torch.float32
        if shared:
            pytest.fail("Whoever writes into the tensor changes the array: they share memory.")
    for dtype, learns in ((torch.float32, False), (torch.float64, False), (torch.float32, True)):
        t = awkward(torch.tensor(values, dtype=dtype)).requires_grad_(learns)
        here = student.keep(t)
        shared = student.keep.copy_to_numpy(here).shares_memory(here)
        expected = t.detach().numpy()
        assert_close(student.copy_to_numpy(t), expected, dtype=expected.dtype)
        if shared:
            pytest.fail("Whoever writes into the array changes the tensor: they share memory.")


def test_sharing_copies_nothing(student, torch):
    """A shared tensor lies in the array's memory, so it has the array's dtype, too."""
    for dtype in ("float32", "float64", "int64"):
        v = np.array([3, 99, -4, 99, 12, 99], dtype=dtype)
        v = v[::2] if dtype == "float64" else v[::2].copy()
        here = student.keep(v)
        shared = student.keep.share_with_torch(here).shares_memory(here)
        expected = torch.tensor([3, -4, 12], dtype=getattr(torch, dtype))
        assert_close(student.share_with_torch(v), expected, dtype=expected.dtype)
        if not shared:
            pytest.fail("A change of the array does not reach the tensor: it was copied.")
