"""Formats of reports by name, also those that an installed package brings."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader.course.outline import Feedback
from grader.errors import UsageError
from grader.platforms.reports.export import Setting
from grader.platforms.reports.registry import OWN, REPORTS, called
from grader.report.model import Report
from support.exported import FULL, SETTING, written
from support.places import ROOT

INFO = "wxb_lines-1.0.dist-info"
#: A wheel's files (PEP 427), as a build backend would write them.
WHEEL = {
    f"{INFO}/METADATA": "Metadata-Version: 2.1\nName: wxb-lines\nVersion: 1.0\n",
    f"{INFO}/WHEEL": "Wheel-Version: 1.0\nGenerator: me\nTag: py3-none-any\n",
    f"{INFO}/entry_points.txt": (
        "[wxb.reports]\nlines = wxb_lines:write\njunit = wxb_lines:write\n"
    ),
    f"{INFO}/RECORD": "",
}
#: The two blocks of docs/reports.md that show a format of one's own.
[MODULE] = re.findall(
    r"(?ms)^```python\n(def write\(report, setting\).*?)^```",
    (ROOT / "docs" / "reports.md").read_text("utf-8"),
)


def test_ours_say_how_they_round() -> None:
    listed = REPORTS.listed()
    assert [each.name for each in listed][:4] == [
        "junit", "gradescope", "classroom50", "prairielearn",
    ]  # fmt: skip
    assert all("points" in each.about for each in listed)


def test_each_is_one_short_module() -> None:
    for name, write in OWN.items():
        module = sys.modules[write.__module__]
        assert module.__file__ is not None
        path = Path(module.__file__)
        assert path.stem == name
        assert len(path.read_text("utf-8").splitlines()) < 150


def test_a_package_that_is_installed_brings_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel, target = tmp_path / "wxb_lines-1.0-py3-none-any.whl", tmp_path / "target"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {"wxb_lines.py": MODULE, **WHEEL}.items():
            archive.writestr(name, text)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index",
         "--disable-pip-version-check", "--target", target, wheel],
        check=True, timeout=120,
    )  # fmt: skip
    monkeypatch.syspath_prepend(target)
    found = {each.name: each for each in REPORTS.listed()}
    assert found["lines"].origin == "wxb-lines"
    assert found["lines"].about == "One line for each exercise; points are not rounded."
    write = REPORTS.get("lines")
    assert write is not None
    assert written(write, setting=SETTING).startswith(b"length 0.25 2.25\ndouble 1 1\n")
    assert REPORTS.get("junit") is OWN["junit"]  # none of ours is replaced


def test_a_format_of_others_that_fails_is_named() -> None:
    def broken(report: Report, setting: Setting) -> bytes:
        raise KeyError("x")

    def texts(report: Report, setting: Setting) -> bytes:
        return "text"  # type: ignore[return-value]

    for write, words in ((broken, "broken failed: KeyError: 'x'"), (texts, "gave str; expected")):
        with pytest.raises(UsageError, match=words):
            called(write, FULL, Feedback(), "student", SETTING)
