"""Reading submissions: folders, modules, and whatever else lies in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from grader import Submission
from grader.errors import SubmissionError
from grader.handin import folder as reading
from grader.handin.folder import read_beside, read_folder


def write(root: Path, **files: str | bytes) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path = path.with_name(f"{path.name}.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root


def test_a_folder_is_read_with_its_folders(tmp_path: Path) -> None:
    found = Submission.from_path(write(tmp_path / "ada", a="1", u__b="2", u__v__c="3"))
    assert found.sources == {"a.py": "1", "u/b.py": "2", "u/v/c.py": "3"}
    assert (found.student, found.notes, found.single) == ("ada", (), False)


def test_one_module_is_a_submission_of_its_own(tmp_path: Path) -> None:
    path = write(tmp_path, magnitude="x = 1\n") / "magnitude.py"
    found = Submission.from_path(path)
    assert (found.sources, found.single, found.student) == (
        {"magnitude.py": "x = 1\n"}, True, "magnitude",
    )  # fmt: skip
    assert Submission.from_path(str(path), student="Ada L.").student == "Ada L."


def test_the_digest_is_of_paths_and_texts(tmp_path: Path) -> None:
    one = Submission.from_sources({"a.py": "1", "b.py": "2"})
    assert one.digest == Submission.from_sources({"b.py": "2", "a.py": "1"}, "other").digest
    assert one.digest != Submission.from_sources({"a.py": "12", "b.py": ""}).digest
    assert one.digest != Submission.from_sources({"a.py": "2", "b.py": "1"}).digest
    assert len(one.digest) == 64


def test_what_is_no_submission(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="nothing: there is no such file or folder"):
        Submission.from_path(tmp_path / "nothing")
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(
        SubmissionError, match=r"a\.txt: not a Python module or notebook; expected a folder"
    ):
        Submission.from_path(tmp_path / "a.txt")
    write(tmp_path, bad=b"\xff\xfe\x00")
    with pytest.raises(SubmissionError, match=r"bad\.py: it is not UTF-8 text"):
        Submission.from_path(tmp_path / "bad.py")


ENCODINGS = {
    "latin": (b"# -*- coding: latin-1 -*-\nx = '\xe4'\n", "ä"),
    "bom": ("\ufeffx = 'ä'\n".encode(), "ä"),
    "cp1252": (b"# coding: cp1252\nx = '\x80'\n", "€"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings_that_are_read(name: str, tmp_path: Path) -> None:
    data, part = ENCODINGS[name]
    found = Submission.from_path(write(tmp_path / "s", a=data))
    assert part in found.sources["a.py"]


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"# coding: utf-7\nx\n", "it is written in utf-7, not in UTF-8"),
        (b"# coding: rot13\nx\n", "it is written in rot13, not in UTF-8"),
        (b"# coding: klingon\nx\n", "it is not UTF-8 text"),
        (b"x = '\xff'\n", "it is not UTF-8 text"),
        (b"#" * (reading.FILE_LIMIT + 1), "it is larger than 256 KiB"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, note: str, tmp_path: Path) -> None:
    found = Submission.from_path(write(tmp_path / "s", a=data, b="1"))
    assert found.sources == {"b.py": "1"}
    assert found.notes == (f"a.py was not read: {note}.",)


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    found = Submission.from_path(write(tmp_path / "s", a=b"x\r\ny\rz\n"))
    assert found.sources["a.py"] == "x\ny\nz\n"


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", solution="42")
    root = write(tmp_path / "s", a="1")
    (root / "b.py").symlink_to(secret / "solution.py")
    (root / "folder").symlink_to(secret)
    (root / "note.txt").symlink_to(secret / "solution.py")
    found = Submission.from_path(root)
    assert found.sources == {"a.py": "1"}
    assert found.notes == (
        "b.py was not read: it is a link.", "folder was not read: it is a link.",
    )  # fmt: skip


def test_folders_that_are_never_a_students_work(tmp_path: Path) -> None:
    root = write(
        tmp_path / "s", a="1", __pycache____b="2", venv__c="3", mine__d="4", node_modules__e="5",
    )  # fmt: skip
    (root / "mine" / "pyvenv.cfg").write_text("")
    write(root / ".git", f="6")
    (root / "fifo.py").parent.mkdir(exist_ok=True)
    os.mkfifo(root / "fifo.py")
    assert Submission.from_path(root).sources == {"a.py": "1"}


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_COUNT_LIMIT", 2)
    root = write(tmp_path / "s", a="1", b="2", c="3")
    found = Submission.from_path(root)
    assert len(found.sources) == 2
    assert found.notes == ("Only the first 2 modules were read.",)
    monkeypatch.setattr(reading, "_COUNT_LIMIT", 10)
    monkeypatch.setattr(reading, "_TOTAL_LIMIT", 2)
    assert Submission.from_path(root).notes == (
        "c.py was not read: the submission is larger than 4 MiB.",
    )
    deep = tmp_path / "deep"
    write(deep, **{"x__" * 9 + "a": "1", "b": "2"})
    assert Submission.from_path(deep).sources == {"b.py": "2"}


def test_folders_and_files_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "s", a="1", shut__b="2", c="3")
    scandir, open_ = os.scandir, Path.open

    def refuse(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def refuse_file(path: Path, mode: str) -> object:
        if path.name == "c.py":
            raise PermissionError(13, "Permission denied")
        return open_(path, mode)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(Path, "open", refuse_file)
    found = Submission.from_path(root)
    assert found.sources == {"a.py": "1"}
    assert set(found.notes) == {
        "shut/ was not read: Permission denied.", "c.py was not read: Permission denied.",
    }  # fmt: skip


def test_names_and_texts_are_safe_to_show() -> None:
    found = Submission.from_sources({"a\x1b\n.py": "x\udc80"}, "ev\til\x07", ("no\nte",))
    assert found.sources == {"a??.py": "x?"}
    assert (found.student, found.notes) == ("ev?il?", ("no?te",))


def test_a_folder_that_cannot_be_read_is_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an ordinary user meets it: what is in it cannot even be asked about."""
    (tmp_path / "01_a").mkdir()
    (tmp_path / "01_a" / "length.py").write_text("")
    real = os.stat

    def stat(path: Any, *args: Any, **options: Any) -> Any:
        if "01_a/" in os.fspath(path):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **options)

    def scandir(path: Any) -> Any:
        if os.fspath(path).endswith("01_a"):
            raise PermissionError(13, "Permission denied")
        return real_scandir(path)

    real_scandir = os.scandir
    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "scandir", scandir)
    found = Submission.from_path(tmp_path)
    assert found.notes == ("01_a/ was not read: Permission denied.",)


# --- data files -----------------------------------------------------------------------------------


def written(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_py", ".py").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def test_data_files_that_a_text_names_are_read(tmp_path: Path) -> None:
    root = written(tmp_path, a_py="open('w.csv')", w_csv="1", other_csv="2", u__w_csv="3")
    read = read_folder(root)
    assert read.data == {"w.csv": b"1", "u/w.csv": b"3"}
    assert read.notes == []
    assert Submission.from_path(root).data == read.data
    assert Submission.from_path(root / "a.py").data == {}, "one module is all that was handed in"


def test_no_link_is_read_as_data(tmp_path: Path) -> None:
    root = written(tmp_path / "sub", a_py="open('w.csv'), open('v.csv')")
    secret = written(tmp_path, secret_csv="canary") / "secret.csv"
    (root / "w.csv").symlink_to(secret)
    (root / "z.csv").symlink_to(secret)
    read = read_folder(root)
    assert read.data == {}
    assert read.notes == ["w.csv was not read: it is a link."]


def test_nothing_of_a_course_is_data(tmp_path: Path) -> None:
    """Whoever grades the folder of a whole course hands in what is in exercises/."""
    text = "import os\nos.listdir()"
    root = written(tmp_path, exercises__u__a_py=text, exercises__u__w_csv="1", data__a__d_csv="2")
    written(root, tests__hidden__t_csv="3")
    (root / "course.yaml").write_text("", "utf-8")
    assert read_folder(root).data == {"exercises/u/w.csv": b"1"}


def test_data_has_its_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_DATA_LIMIT", 1 << 20)
    monkeypatch.setattr(reading, "_DATA_COUNT_LIMIT", 2)
    root = written(tmp_path, a_py="os.listdir()", b_csv="x" * (1 << 20), c_csv="x")
    written(root, d_csv="", e_csv="")
    read = read_folder(root)
    assert [*read.data] == ["b.csv", "d.csv"]
    assert read.notes == [
        "c.csv was not read: data files are larger than 1 MiB together.",
        "e.csv was not read: only 2 data files are.",
    ]


def test_what_lies_beside_a_notebook(tmp_path: Path) -> None:
    written(tmp_path, w_csv="1", a_py="open('v.csv')")
    assert read_beside(tmp_path, {"a.py": "open('w.csv')"}) == {"w.csv": b"1"}
    assert read_beside(tmp_path, {"a.py": "'w.csv'"}) == {}
