"""Pages as files: nobody is in them unless asked, and every link leads to a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.web.dashboard.exported import export
from support.batching import Room
from support.dashboards import EVIL, PEOPLE


def pages_in(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*.html")}


def test_no_student_is_in_it_and_links_lead_to_files(room: Room, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with room.book() as book:
        count = export(room.course, book, out)
    found = pages_in(out)
    assert len(found) == count + 1  # the first page leads to the map
    for name, text in found.items():
        assert EVIL not in text, name
        assert "<form" not in text
        assert not any(p.email in text or p.name in text for p in PEOPLE), name
        assert "Student " not in re.sub(r"<[^>]*>", "", text).replace("Students", ""), name
        for link in re.findall(r'(?:href|url)="([^"#]+)', text):
            assert ((out / name).parent / link).is_file(), (name, link)


def test_names_are_in_it_where_they_were_asked_for(room: Room, tmp_path: Path) -> None:
    with room.book() as book:
        export(room.course, book, tmp_path / "out", named=True)
    assert any("Ben Beta" in text for text in pages_in(tmp_path / "out").values())


def test_nothing_is_written_over(room: Room, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with room.book() as book, pytest.raises(UsageError, match="not empty"):
        export(room.course, book, tmp_path)
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"
