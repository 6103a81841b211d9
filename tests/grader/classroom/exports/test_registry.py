"""Exports by name, also those of other packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.classroom.exports.registry import OWN, PLATFORMS, find, listed
from grader.errors import UsageError
from support.exporting import request

POINTS = """[wxb.exports]
sheets = others_export:write
broken = others_export:nothing
csv = others_export:write
nbgrader = others_export:write
number = others_export:NUMBER
"""
MODULE = '''
from grader.classroom.exports.export import Written

NUMBER = 1

def write(request):
    """Another format.

    More of it.
    """
    return Written(str(len(request.students)).encode(), ())
'''


@pytest.fixture
def others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that brings exports, as pip would have installed it."""
    info = tmp_path / "others-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    (tmp_path / "others_export.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "others_export", raising=False)


def test_ours_are_listed_first_with_a_sentence_each() -> None:
    names = [each.name for each in listed()]
    assert names[: len(OWN) + len(PLATFORMS)] == [*OWN, *PLATFORMS]
    assert all(
        each.about.endswith(".") or ";" in each.about or ":" in each.about for each in listed()
    )


def test_an_entry_point_is_an_export(others: None) -> None:
    found = {each.name: each for each in listed()}
    assert (found["sheets"].about, found["sheets"].origin) == ("Another format.", "others")
    assert find("sheets")(request()).data == b"5"


def test_none_of_ours_is_replaced(others: None) -> None:
    assert find("csv") is OWN["csv"]
    assert find("nbgrader").__module__ == "grader.platforms.nbgrader.export"
    names = [each.name for each in listed()]
    assert (names.count("csv"), names.count("nbgrader")) == (1, 1)


def test_a_platform_s_libraries_are_loaded_when_it_is_written_to() -> None:
    code = "import sys; from grader.classroom.exports.registry import listed; listed(); "
    code += "assert not {'nbgrader', 'nbformat', 'numpy'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("name", ["broken", "number"])
def test_one_that_cannot_be_loaded_says_why(others: None, name: str) -> None:
    with pytest.raises(UsageError, match=f"The export {name} cannot be loaded: "):
        find(name)
    [one] = [each for each in listed() if each.name == name]
    assert one.broken


def test_a_name_that_is_none_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no export 'excel'; there are: csv, canvas, moodle, json"):
        find("excel")
