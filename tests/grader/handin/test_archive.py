"""A zip is read as a folder is, and nothing in it leads out of it or costs more than it may."""

from __future__ import annotations

import contextlib
import io
import json
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import Submission, SubmissionError
from grader.handin import archive
from grader.handin.archive import Packed
from grader.handin.unpacking import Bounds, TooManyFiles

TEXT = "def length(v):\n    return 1.0\n"


def zipped(path: Path, entries: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return path


def test_a_zip_is_read_as_a_folder(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "anna.zip",
        {"work/exercises/01_a/length.py": TEXT, "work/notes.txt": "x", "__MACOSX/length.py": "y"},
    )
    found = Submission.from_path(path)
    assert found.student == "anna"
    assert found.sources == {"work/exercises/01_a/length.py": TEXT}
    assert (found.notes, found.single, found.packed) == ((), False, None)
    assert Submission.from_path(path.rename(tmp_path / "B.ZIP")).sources == found.sources


@pytest.mark.parametrize(
    "name",
    ["../length.py", "a/../../length.py", "/length.py", "C:/length.py", "..\\length.py", "..", "/"],
)
def test_no_path_leads_out(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    found = Submission.from_path(zipped(inner / "work.zip", {name: TEXT, "ok.py": "x = 1\n"}))
    assert list(found.sources) == ["ok.py"]
    assert [path.name for path in tmp_path.rglob("*.py")] == []
    if not name.endswith("/"):
        assert "its path leads out of the archive" in found.notes[0]


def test_links_and_special_files_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "work.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, mode in (("link.py", stat.S_IFLNK), ("pipe.py", stat.S_IFIFO)):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.external_attr = (mode | 0o644) << 16
            made.writestr(entry, "/etc/passwd")
    found = Submission.from_path(path)
    assert found.sources == {}
    assert found.notes == (
        "link.py was not read: it is a link.",
        "pipe.py was not read: it is no file.",
    )


def test_what_is_large_costs_no_more_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "NOTEBOOK_LIMIT", 1 << 16)
    monkeypatch.setattr(archive, "_TOTAL_LIMIT", 3 << 17)
    bombs = {f"b{n}.py": b" " * (1 << 20) for n in range(40)}
    found = Submission.from_path(zipped(tmp_path / "work.zip", {"a.py": "x = 1\n", **bombs}))
    assert list(found.sources) == ["a.py"]
    assert "b0.py was not read: it is larger than 64 KiB." in found.notes
    assert len(found.notes) == 40
    monkeypatch.setattr(archive, "_ARCHIVE_LIMIT", 100)
    with pytest.raises(SubmissionError, match="it is larger than"):
        Submission.from_path(tmp_path / "work.zip")


def test_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_BOUNDS", Bounds(entries=3))
    path = zipped(tmp_path / "work.zip", {f"{n}.py": "x = 1\n" for n in range(9)})
    found = Submission.from_path(path)
    assert len(found.sources) == 3
    assert found.notes == ("Only the first 3 entries were looked at.",)


def test_odd_entries_are_named(tmp_path: Path) -> None:
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as inner:
        inner.writestr("length.py", TEXT)
    deep = "/".join("abcdefghijklm") + "/x.py"
    path = tmp_path / "work.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as made:
        warnings.simplefilter("ignore")  # of the same name twice
        made.writestr("inner.zip", nested.getvalue())
        made.writestr("twice.py", "x = 1\n")
        made.writestr("twice.py", "x = 2\n")
        made.writestr("twice.py/below.py", "x = 3\n")
        made.writestr(deep, "x = 4\n")
        made.writestr(f"{'n' * 300}.py", "x = 5\n")
        made.writestr("other.py", "x = 6\n", compress_type=zipfile.ZIP_BZIP2)
    found = Submission.from_path(path)
    assert found.sources == {"twice.py": "x = 1\n"}
    reasons = [note.partition(" was not read: ")[2] for note in found.notes]
    assert reasons == [
        "it is an archive inside the archive.",
        "another one has the same name.",
        "another one has the same name.",
        "it lies in too many folders.",
        "its name cannot be a file's here.",
        "it is packed in a way that is not known here.",
    ]


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"x" * 50, b"\x00" * 500])
def test_what_is_no_zip_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "work.zip"
    path.write_bytes(data)
    with pytest.raises(SubmissionError, match=r"work\.zip: it is no zip, or it is damaged"):
        Submission.from_path(path)


def test_a_damaged_entry_costs_itself_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {"a.py": TEXT, "b.py": TEXT}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"1.0", b"2.0", 1))
    found = Submission.from_path(path)
    assert list(found.sources) == ["b.py"]
    assert found.notes == ("a.py was not read: it is damaged.",)


@pytest.mark.parametrize("place", ["", "work/"])
def test_what_it_says_of_itself(tmp_path: Path, place: str) -> None:
    said = {"format": 1, "course": "C", "suite": "0" * 64, "unit": "01_a", "more": 1}
    path = zipped(tmp_path / "work.zip", {f"{place}handin.json": json.dumps(said)})
    assert Submission.from_path(path).packed == Packed("C", "0" * 64, "01_a")


@pytest.mark.parametrize("said", ["[]", "{", '{"format": 2}', '{"course": 3}', "x" * 9000])
def test_a_false_word_counts_for_nothing(tmp_path: Path, said: str) -> None:
    path = zipped(tmp_path / "work.zip", {"handin.json": said, "a.py": "x = 1\n"})
    found = Submission.from_path(path)
    assert (list(found.sources), found.packed) == (["a.py"], None)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6), st.integers(0, 99)
)
def test_fuzz_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    path = zipped(tmp_path_factory.mktemp("zip") / "work.zip", {"a.py": TEXT, "b/c.py": TEXT * 9})
    data = bytearray(path.read_bytes())
    for at, byte in changes:
        data[at % len(data)] = byte
    path.write_bytes(bytes(data[: len(data) - cut]) if cut > 90 else bytes(data))
    with contextlib.suppress(SubmissionError):
        Submission.from_path(path)


def test_too_many_files_are_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise TooManyFiles

    path = zipped(tmp_path / "work.zip", {"length.py": TEXT})
    monkeypatch.setattr(archive, "open_zip", refuse)
    with pytest.raises(SubmissionError, match="it holds too many files; pack your work alone"):
        Submission.from_path(path)
