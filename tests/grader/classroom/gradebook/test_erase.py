"""Everything about one student, given out; and then none of it, and all of the others'."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.classroom.attempt import Attempt
from grader.classroom.collected import read_attempts
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.values import Adjustment
from grader.classroom.people import Person
from grader.errors import UsageError
from support.gradebooks import DOE, DUE, ROE, attempt, course, result

Open = Callable[..., Gradebook]


@pytest.fixture
def full(book: Gradebook) -> Gradebook:
    return filled(book)


def filled(book: Gradebook) -> Gradebook:
    """Both have the same work, one alone has other work, and they have some together."""
    book.import_roster([DOE, ROE])
    book.settle(attempt("doe"), [result(sources="both")])
    book.settle(attempt("roe"), reused={"length": 1})
    book.settle(attempt("doe", 2), [result(sources="own", test_one="failed", message="mine")])
    book.settle(attempt("doe", 3, team=("doe", "roe"), digest="00"), [result(sources="team")])
    book.keep([result(sources="own", suite="t2", message="mine again")])
    for student in ("doe", "roe"):
        entry = Adjustment(0, "excuse", "me", DUE, f"{student} is ill", student, exercise="length")
        book.adjust([entry])
    book.take_back(book.adjustments()[:1], who="me", why="doe is well")
    return book


def test_nothing_of_one_is_left_and_everything_of_others(full: Gradebook) -> None:
    before = full.export("roe")
    erased = full.erase("doe")
    assert erased.person.name == "Jane Doe"
    assert erased.rows > 10
    assert "a.zip, from which work was collected" in erased.unreached
    with pytest.raises(UsageError):
        full.person("doe")
    after = full.export("roe")
    assert after["marks"] == before["marks"]
    assert after["adjustments"] == before["adjustments"]
    assert [each["students"] for each in after["submissions"]] == [("roe",), ("roe",)]
    assert "doe" not in msgspec.json.encode(after).decode()
    assert full.known([("both", "t1"), ("team", "t1"), ("own", "t1"), ("own", "t2")]) == {
        ("both", "t1"): 1,
        ("team", "t1"): 3,
    }
    assert [entry.student for entry in full.adjustments(all_of_them=True)] == ["roe"]


def test_no_byte_stays_in_the_file(tmp_path: Path) -> None:
    with filled(Gradebook(course(), str(tmp_path / "marks.db"))) as book:
        book.erase("doe")
    for file in tmp_path.glob("marks.db*"):
        assert b"Jane" not in file.read_bytes()
        assert b"doe" not in file.read_bytes()


def test_places_are_remembered_once_and_what_is_gone_is_named(
    full: Gradebook, tmp_path: Path
) -> None:
    full.note_place("collected", tmp_path / "moved")
    full.note_place("collected", tmp_path / "moved")
    assert full.places() == [("collected", tmp_path / "moved")]
    erased = full.erase("doe")
    assert f"{tmp_path}/moved, which is not there: has it been moved?" in erased.unreached


def test_work_of_a_team_stays_for_the_others(full: Gradebook, tmp_path: Path) -> None:
    hw = tmp_path / "hw"
    for owner, number in (("doe", 1), ("doe", 2), ("roe", 1)):
        folder = hw / "work" / owner / f"{number:04}"
        folder.mkdir(parents=True)
        team = ("doe", "roe") if number == 2 or owner == "roe" else ()
        data = msgspec.json.encode(attempt(owner, number, team=team))
        (folder / "attempt.json").write_bytes(data)
    full.note_place("collected", hw)
    erased = full.erase("doe")
    assert not (hw / "work" / "doe" / "0001").exists()
    told = f"{hw}/work/roe/0002, which a team handed in"
    assert any(told in sentence for sentence in erased.unreached)
    changed = (hw / "work" / "roe" / "0001" / "attempt.json").read_bytes()
    assert msgspec.json.decode(changed, type=Attempt).team == ("roe",)


def test_a_team_s_work_that_another_has_by_themselves_stays_two(
    full: Gradebook, tmp_path: Path
) -> None:
    full.settle(attempt("roe", 3, digest="00"), reused={"length": 1})
    hw = tmp_path / "hw"
    for owner, team in (("doe", ("doe", "roe")), ("roe", ())):
        folder = hw / "work" / owner / "0001"
        folder.mkdir(parents=True)
        kept = attempt(owner, 3, team=team, digest="00")
        (folder / "attempt.json").write_bytes(msgspec.json.encode(kept))
    full.note_place("collected", hw)
    full.erase("doe")
    assert [each.number for each in full.submissions("roe")] == [1, 4, 3]
    left = read_attempts(hw)
    assert [(a.student, a.number, a.origin) for a in left] == [
        ("roe", 3, "a.zip: roe.py"), ("roe", 4, ""),
    ]  # fmt: skip
    assert all(found.submission for found in full.recorded(left).values())
    for each in left:
        full.settle(each)  # as the next run does
    assert "doe" not in full.people(everyone=True)
    assert len(full.submissions("roe")) == 3


def test_a_file_that_cannot_be_read_is_named_and_stops_nothing(
    full: Gradebook, tmp_path: Path
) -> None:
    (tmp_path / "hw" / "work" / "doe" / "0001").mkdir(parents=True)
    (tmp_path / "hw" / "work" / "doe" / "0001" / "attempt.json").write_text("{")
    full.note_place("collected", tmp_path / "hw")
    (tmp_path / "feedback.zip").touch()
    full.note_place("feedback", tmp_path / "feedback.zip")
    told = " ".join(full.erase("doe").unreached)
    assert f"{tmp_path}/hw/work/doe/0001/attempt.json: " in told
    assert f"{tmp_path}/feedback.zip, an archive of many students" in told


def test_a_hand_in_that_cannot_be_read_keeps_nobody_from_the_others(
    full: Gradebook, tmp_path: Path
) -> None:
    hw = tmp_path / "hw"
    for number, data in ((1, b"{"), (2, msgspec.json.encode(attempt("doe")))):
        folder = hw / "work" / "doe" / f"{number:04}"
        folder.mkdir(parents=True)
        (folder / "attempt.json").write_bytes(data)
    (hw / "roster.json").write_bytes(msgspec.json.encode([DOE, ROE]))
    full.note_place("collected", hw)
    erased = full.erase("doe")
    assert [path.name for path in (hw / "work" / "doe").iterdir()] == ["0001"]
    assert any(f"{hw}/work/doe/0001/attempt.json: " in told for told in erased.unreached)
    assert msgspec.json.decode((hw / "roster.json").read_bytes(), type=list[Person]) == [ROE]


@pytest.mark.parametrize(
    ("entry", "fate"),
    [
        ("jdoe77/length.py", "gone"),
        ("hw_jane@example.org.zip", "gone"),
        ("jdoe77+rroe88.zip", "told"),  # an id of the other's, too
        ("JDoe77.py", "told"),  # whoever that is, the roster did not say
        ("doejane_5550_length.py", "told"),  # by name and by number
        ("Jane Doe/length.py", "told"),
        ("jdoe777.py", "kept"),
        ("other.py", "kept"),
    ],
)
def test_of_what_nobody_handed_in_only_an_id_tells_whose_it_is(
    entry: str, fate: str, book: Gradebook, tmp_path: Path
) -> None:
    """The archive's own name tells nothing: all that is in it has that in common."""
    doe, roe = (
        msgspec.structs.replace(person, aliases={"login": login, "canvas": number})
        for person, login, number in ((DOE, "jdoe77", "5550"), (ROE, "rroe88", "5551"))
    )
    book.import_roster([doe, roe])
    hw = tmp_path / "hw"
    folder = hw / "unmatched" / "0001"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "length.py").touch()
    unknown = msgspec.structs.replace(attempt(""), origin=f"jdoe77.zip: {entry}")
    (folder / "attempt.json").write_bytes(msgspec.json.encode(unknown))
    (hw / "roster.json").write_bytes(msgspec.json.encode([doe, roe]))
    book.note_place("collected", hw)
    erased = book.erase("doe")
    assert folder.exists() == (fate != "gone")
    assert (str(folder) in erased.files) == (fate == "gone")
    assert any(str(folder) in told for told in erased.unreached) == (fate == "told")
