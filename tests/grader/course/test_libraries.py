"""Whether a course is about PyTorch is told from its texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.libraries import names_torch
from support.places import ROOT


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("solutions/a/b.py", "import torch", True),
        ("tests/hidden/a/test_b.py", "def test_b(student, torch): ...", True),
        ("course.yaml", "forbidden: [torch.dot]", True),
        ("solutions/a/b.py", "import torchlight", False),
        ("solutions/a/README.md", "torch", False),
        ("data/b/c.py", "import torch", False),
    ],
)
def test_what_names_it(tmp_path: Path, name: str, text: str, named: bool) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    assert names_torch(tmp_path) == named


def test_this_course_does() -> None:
    assert names_torch(ROOT)
