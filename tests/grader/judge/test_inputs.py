"""The same numbers, lying awkwardly in memory."""

from __future__ import annotations

import numpy as np
import pytest

from grader import awkward


@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (1, 3), (3, 1), (2, 3, 4), (0, 3)])
def test_awkward_arrays_hold_the_same_numbers(shape: tuple[int, ...]) -> None:
    a = np.arange(np.prod(shape, dtype=int), dtype=np.float32).reshape(shape)
    for backwards in (True, False):
        found = awkward(a, backwards=backwards)
        assert found.dtype == a.dtype
        assert found.tolist() == a.tolist()
        assert not found.flags.writeable
        assert backwards or min(found.strides, default=0) >= 0
        if a.size > 1:
            assert not found.flags.c_contiguous


def test_awkward_tensors_hold_the_same_numbers() -> None:
    torch = pytest.importorskip("torch")
    t = torch.arange(6).reshape(2, 3)
    assert awkward(t).tolist() == t.tolist()
    assert not awkward(t).is_contiguous()
    assert awkward(torch.tensor(2.0)).item() == 2.0
