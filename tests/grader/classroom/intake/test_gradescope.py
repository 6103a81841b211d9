"""Gradescope's exports: folders and a YAML that describes them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from grader.errors import UsageError
from support.collecting import Class, Put
from support.lms import MAGNITUDE, Submitter, gradescope_export
from tools.lms import zipped

JANE = Submitter("Jane Doe", "S101", "jane@example.org")
ROE = Submitter("Rick Roe", "S102", "rick@example.org")
WORK = {"magnitude.py": MAGNITUDE, "lib/helper.py": b"x = 1\n"}
AT = "2027-02-01 10:20:30.123456789 -08:00"
WHEN = datetime.datetime.fromisoformat("2027-02-01T10:20:30.123456-08:00")


@pytest.mark.parametrize("symbols", [True, False])
def test_groups_times_and_attempts(room: Class, tmp_path: Path, symbols: bool) -> None:
    export = gradescope_export(
        tmp_path / "assignment_77_export", [((JANE, ROE), WORK, AT)], symbols=symbols, attempts=3
    )
    room.collect(export)
    assert room.summary.sources[0].kind == "gradescope"
    attempt = room.attempts["jane@example.org"]
    assert attempt == room.attempts["rick@example.org"]
    assert (attempt.number, attempt.at, attempt.ref) == (3, WHEN, "submission_5001")
    assert room.files("rick@example.org") == WORK


def test_a_zipped_export_joined_with_canvas_s_sheet(room: Class, put: Put, tmp_path: Path) -> None:
    export = gradescope_export(tmp_path / "a_export", [((JANE,), WORK, AT)])
    names = sorted(path for path in export.rglob("*") if path.is_file())
    data = zipped((f"x/{path.relative_to(export).as_posix()}", path.read_bytes()) for path in names)
    sheet = 'Student,ID,SIS User ID,SIS Login ID,Section\n"Doe, Jane",101,S101,jdoe1,A\n'
    room.collect(put("e.zip", data), rosters=(put("g.csv", sheet),))
    assert list(room.attempts) == ["jdoe1"]
    assert room.summary.problems == ()


def test_what_the_metadata_does_not_name_is_told(room: Class, put: Put, tmp_path: Path) -> None:
    gradescope_export(tmp_path / "e", [((JANE,), {}, AT)])
    put("e/submission_9/magnitude.py", MAGNITUDE)
    room.collect(tmp_path / "e")
    told = {problem.where: problem.what for problem in room.summary.problems}
    assert told["e: submission_5001"] == "It is empty."
    assert told["e: submission_9"] == "submission_metadata.yml does not say whose it is."
    assert len(list(room.root.rglob("magnitude.py"))) == 1


def test_ruby_s_objects_are_read_as_plain_text(room: Class, put: Put, tmp_path: Path) -> None:
    put("e/submission_1/magnitude.py", MAGNITUDE)
    put(
        "e/submission_metadata.yml",
        "submission_1: !ruby/hash:ActiveSupport::HashWithIndifferentAccess\n"
        "  :submitters:\n  - !ruby/object:User\n    :name: &n Jane Doe\n    :sid: *n\n"
        f"  :created_at: {AT}\n  :results: !!python/object/apply:os.system ['touch /tmp/x']\n",
    )
    room.collect(tmp_path / "e")
    assert room.attempts["Jane-Doe"].at == WHEN


@pytest.mark.parametrize("text", ["a: [", "- 1\n", "\x00", "a: &a [*a"])
def test_metadata_that_cannot_be_read_is_named(room: Class, put: Put, text: str) -> None:
    path = put("e/submission_metadata.yml", text)
    with pytest.raises(UsageError, match=r"submission_metadata\.yml"):
        room.collect(path.parent)
