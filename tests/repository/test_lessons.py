"""Lessons are true: every Python block of a lesson runs and prints what the lesson says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import numpy as np
import pytest

from support.places import ROOT

LESSONS = sorted((ROOT / "exercises").glob("*/README.md"))
_BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(lesson: Path) -> list[tuple[str, str]]:
    """(language, text) of a lesson's fenced blocks, in order."""
    return [(match[1], match[2]) for match in _BLOCK.finditer(lesson.read_text("utf-8"))]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.parent.name)
def test_every_block_prints_what_the_lesson_shows(lesson: Path) -> None:
    namespace: dict[str, object] = {}
    printed = ""
    ran = 0
    for language, text in blocks(lesson):
        if language == "python":
            if "import torch" in text:
                pytest.importorskip("torch")
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(text, str(lesson), "exec"), namespace)
            printed = out.getvalue()
            ran += 1
        else:
            assert printed.split() == text.split(), f"{lesson}: a block prints {printed!r}"
    assert ran >= 3, f"{lesson} shows too little code"
    for value in namespace.values():
        if isinstance(value, np.lib.npyio.NpzFile):  # a lesson leaves its files to the reader
            value.close()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.parent.name)
def test_markdown_leaves_the_mathematics_alone(lesson: Path) -> None:
    r"""Outside a ```math block, Markdown reads `\,` as a comma and `\\` as one backslash."""
    text = re.sub(r"(?ms)^```.*?^```", "", lesson.read_text("utf-8"))
    for display, inline in re.findall(r"\$\$(.+?)\$\$|(?<!\$)\$([^$]+?)\$(?!\$)", text, re.DOTALL):
        formula = display or inline
        assert not re.search(r"\\[^A-Za-z\s]", formula), f"{lesson}: {formula}"
        assert "\n\n" not in formula, f"{lesson}: a $ without its partner near {formula[:60]!r}"
