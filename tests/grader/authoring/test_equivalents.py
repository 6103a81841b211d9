"""The list of changes that no test can notice, each with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.equivalents import load_equivalents
from grader.errors import CourseError


def listed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "tests" / "one.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_no_file_is_no_entries(tmp_path: Path) -> None:
    assert load_equivalents(tmp_path / "none.yaml", tmp_path) == []


def test_an_entry_keeps_its_line(tmp_path: Path) -> None:
    text = '# why\n- in: f\n  from: "return x"\n  to: return y\n  why: x is y\n'
    (entry,) = load_equivalents(listed(tmp_path, text), tmp_path)
    assert entry.key == ("f", "return x", "return y")
    assert (entry.why, entry.line) == ("x is y", 2)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("in: f\n", 1, "no list"),
        ("- in: f\n  from: a\n  to: b\n", 1, "not an entry"),
        ("- a\n", 1, "not an entry"),
        ("- in: f\n  from: a\n  to: [b]\n  why: c\n", 3, "`to` is no text"),
        (
            "- {in: f, from: a, to: b, why: c}\n- {in: f, from: a, to: b, why: d}\n",
            2,
            "the same change as on line 1",
        ),
    ],
)
def test_faults_of_the_list(tmp_path: Path, text: str, line: int, told: str) -> None:
    with pytest.raises(CourseError) as caught:
        load_equivalents(listed(tmp_path, text), tmp_path)
    (fault,) = caught.value.faults
    assert (fault.line, fault.what) == (line, told)
