"""Fresh memory holds no zeros: in a process that asked for it, and in a worker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader import Course, Grader, Submission
from grader.sandbox.memory import prepare
from grader.sandbox.processes.interpreter import clean_environment

ROOT = Path(__file__).resolve().parents[3]

needs_glibc = pytest.mark.skipif(prepare() is None, reason="nothing is filled without glibc")


def run(code: str) -> str:
    """What a new process prints, in which fresh memory is filled."""
    begin = "import numpy as np\nfrom grader.sandbox.memory import fill_fresh_memory\n"
    text = f"{begin}assert fill_fresh_memory()\n{code}"
    return subprocess.run(
        [sys.executable, "-c", text],
        cwd=ROOT,
        env=clean_environment(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@needs_glibc
@pytest.mark.parametrize("size", [1, 7, 100, 127, 128, 5000, 1 << 18])
def test_fresh_arrays_are_filled(size: int) -> None:
    """Of any size: from NumPy's cache, from malloc's, and from the kernel; again after a free."""
    code = f"""
for _ in range(20):
    for dtype in (np.float64, np.float32):
        a = np.empty({size}, dtype)
        assert (a < -20).all()
        a[:] = 0.0
    assert (np.empty({size}, np.uint8) == 0xC1).all()
    assert (np.zeros({size}) == 0).all()
    assert np.arange({size}, dtype=float).sum() == {size} * ({size} - 1) / 2
"""
    assert run(code) == ""


@needs_glibc
def test_fresh_tensors_are_filled() -> None:
    pytest.importorskip("torch")
    code = """
import torch
for size in (1, 7, 100, 5000, 1 << 18):
    for _ in range(20):
        a = torch.empty(size)
        assert (a < -20).all()
        a.zero_()
    assert (torch.zeros(size) == 0).all()
"""
    assert run(code) == ""


@needs_glibc
def test_arrays_grow_and_end_as_they_should() -> None:
    """Arrays from before and after are freed by whoever made them, resized ones too."""
    code = """
rng = np.random.default_rng(0)
for size in rng.integers(0, 3000, size=300).tolist():
    a = np.arange(size)
    a.resize(2 * size, refcheck=False)
    assert a[:size].tolist() == list(range(size))
    assert not a[size:].any()
print("ended")
"""
    assert run(code) == "ended\n"


@needs_glibc
def test_where_without_out_fails_at_zero_rows() -> None:
    """What is not divided is not set: over the border, the same at every try."""
    wrong = """
import numpy as np


def unit_rows(X):
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    return np.divide(X, norms, where=norms > 0)
"""
    course = Course.load(ROOT / "course.yaml")
    solution = course.solution(course.exercise("unit_vector"))  # type: ignore[arg-type]
    submission = Submission.from_sources({"unit_vector.py": solution.read_text("utf-8") + wrong})
    with Grader(course, exercises=["unit_vector"]) as grader:
        for _ in range(5):
            (result,) = grader.grade(submission).exercises
            lost = [test.id for test in result.tests if test.outcome not in ("passed", "skipped")]
            assert lost == ["test_zero_rows_stay_zero"]
