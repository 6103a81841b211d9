"""Reading submissions: folders, modules, and whatever else lies in them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from grader import Submission
from grader.errors import SubmissionError
from grader.handin import folder as reading
from grader.handin.folder import read_beside, read_folder
from grader.handin.read import FILE_LIMIT, Read, read_file
from support.cells import notebook


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
        (
            b"# coding: klingon\nx\n",
            "it declares the encoding klingon, which is not known here; save it as UTF-8",
        ),
        (b"x\x01 = '\xff'\n", "it is not UTF-8 text"),
        (
            b"x = 1\ny = '\0'\n",
            "it is no text: it holds NUL bytes, the first in line 2; save it again as UTF-8 text",
        ),
        (b"\n<!DOCTYPE html>", "it is a web page, not Python; download the file itself"),
        (b"#" * (FILE_LIMIT + 1), "it is larger than 256 KiB"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, note: str, tmp_path: Path) -> None:
    found = Submission.from_path(write(tmp_path / "s", a=data, b="1"))
    assert found.sources == {"b.py": "1"}
    assert found.notes == (f"a.py was not read: {note}.",)


CODE = "def total(v):\n    return 'für'\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (CODE.encode("utf-16"), "it is UTF-16 text, and was read as such; save it as UTF-8"),
        (CODE.encode("utf-32"), "it is UTF-32 text, and was read as such; save it as UTF-8"),
        (CODE.encode("utf-16-be"), "it is UTF-16 text, and was read as such; save it as UTF-8"),
        (
            CODE.encode("latin-1"),
            "it is not UTF-8 text (line 2), and was read as Windows-1252; save it as UTF-8",
        ),
        (notebook(CODE), "it is a notebook, and was read as one"),
        (b"\xef\xbb\xbf" + notebook(CODE), "it is a notebook, and was read as one"),
    ],
)
def test_what_can_be_known_is_read_and_told(data: bytes, told: str, tmp_path: Path) -> None:
    found = Submission.from_path(write(tmp_path / "s", a=data))
    assert CODE in found.sources["a.py"]
    assert found.notes == (f"a.py: {told}.",)


def test_an_old_end_of_file_is_no_code(tmp_path: Path) -> None:
    assert Submission.from_path(write(tmp_path, a=b"x\n\x1a")).sources == {"a.py": "x\n"}


def test_suffixes_that_programs_add(tmp_path: Path) -> None:
    for name in ("a.PY", "b.py.txt", "C.Py.download"):
        (tmp_path / name).write_text("x")
    for name in ("d.ipynb.json", "e.IPYNB", "f.ipynb.txt"):
        (tmp_path / name).write_bytes(notebook(CODE))
    (tmp_path / "g.ipynb").write_text(CODE)
    (tmp_path / "notes.txt").write_text("x")
    found = Submission.from_path(tmp_path)
    assert [*found.sources] == [
        "C.Py.download", "a.PY", "b.py.txt", "d.ipynb.json", "e.IPYNB", "f.ipynb.txt", "g.ipynb",
    ]  # fmt: skip
    assert set(found.notebooks) == {"d.ipynb.json", "e.IPYNB", "f.ipynb.txt"}
    assert found.notes == (
        "g.ipynb: it is not a notebook but a Python module, and was read as one.",
    )
    assert found.others == ("notes.txt",)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b" \n", "it is empty: save the notebook, and hand it in again"),
        (b"<html>", "it is a web page, not a notebook; download the file itself"),
    ],
)
def test_what_is_no_notebook_is_named(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "work.ipynb"
    path.write_bytes(data)
    with pytest.raises(SubmissionError) as met:
        Submission.from_path(path)
    assert str(met.value) == f"{path}: {told}"


@pytest.mark.parametrize("name", ["jane.doe", "jane.doe.py", "jane.doe.py.txt", "jane.doe.IPYNB"])
def test_a_students_name_keeps_its_dots(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "jane.doe":
        path.mkdir()
    else:
        path.write_bytes(notebook(CODE))
    assert Submission.from_path(path).student == "jane.doe"


def test_modules_that_a_notebook_writes_are_there(tmp_path: Path) -> None:
    path = tmp_path / "work.ipynb"
    cells = "%%writefile mine.py\nx = 1", "%%writefile -a mine.py\ny = 2", "import mine", CODE
    path.write_bytes(notebook(*cells))
    assert Submission.from_path(path).sources["mine.py"] == "x = 1\ny = 2\n"
    (tmp_path / "mine.py").write_text("x = 3")
    assert Submission.from_path(tmp_path).sources["mine.py"] == "x = 3"


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
    found = Submission.from_path(root)
    assert found.sources == {"a.py": "1"}
    assert found.notes == ("fifo.py was not read: it is no ordinary file.",)
    with pytest.raises(SubmissionError, match=r"fifo.py: it is no ordinary file"):
        Submission.from_path(root / "fifo.py")
    with pytest.raises(SubmissionError, match="there is no such file or folder"):
        Submission.from_path(root / "gone.py")


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
    scandir, open_ = os.scandir, os.open

    def refuse(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def refuse_file(path: str, flags: int) -> int:
        if Path(path).name == "c.py":
            raise PermissionError(13, "Permission denied")
        return open_(path, flags)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "open", refuse_file)
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


def test_data_of_any_kind_has_the_same_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a module's place may hold a larger notebook."""
    monkeypatch.setattr(reading, "_DATA_LIMIT", 1 << 20)
    root = written(tmp_path, a_py="open('w.csv')", w_csv="{" + " " * (1 << 20))
    read = read_folder(root)
    assert read.data == {}
    assert read.notes == ["w.csv was not read: data files are larger than 1 MiB together."]


def test_data_of_each_version_of_a_notebook_is_read(tmp_path: Path) -> None:
    root = written(tmp_path, v_csv="1", w_csv="2", x_csv="3")
    (root / "big.csv").write_bytes(b"x" * (5 << 20))
    cells = ["W = open('v.csv').read()", "W = open('w.csv').read()", "def f(): return W"]
    (root / "work.ipynb").write_bytes(notebook(*cells, "print(open('big.csv'))"))
    read = read_folder(root)
    assert read.data == {"w.csv": b"2", "v.csv": b"1"}
    assert read.notes == [], "what no function needs may be as large as it likes"
    assert [*read.notebooks] == ["work.ipynb"]
    assert sorted(read.others) == ["big.csv", "v.csv", "w.csv", "x.csv"]


def test_what_lies_beside_a_notebook(tmp_path: Path) -> None:
    written(tmp_path, w_csv="1", a_py="open('v.csv')")
    assert read_beside(tmp_path, {"a.py": "open('w.csv')"}) == {"w.csv": b"1"}
    assert read_beside(tmp_path, {"a.py": "'w.csv'"}) == {}


def test_no_link_is_followed_at_the_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a link points at was not handed in, whether it is the whole or a folder on the way."""
    work = write(tmp_path / "solutions", magnitude="secret = 1")
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "anna.py").symlink_to(work / "magnitude.py")
    (folder / "bert").symlink_to(work)
    monkeypatch.chdir(folder)
    for name in (
        folder / "anna.py",
        "anna.py",
        folder / "bert",
        "bert",
        "bert/",
        "bert/magnitude.py",
    ):
        with pytest.raises(SubmissionError, match="it is a link"):
            Submission.from_path(name)
    assert Submission.from_path(folder / "bert", own=True).sources == {"magnitude.py": "secret = 1"}
    assert Submission.from_path(work).sources == {"magnitude.py": "secret = 1"}
    assert Submission.from_path("../solutions").sources == {"magnitude.py": "secret = 1"}


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert read_file(tmp_path / "pipe.py") == Read(None, ["it is no ordinary file"])


def test_marks_on_marks_are_not_parsed(tmp_path: Path) -> None:
    """Sorting them takes Python's parser a time that grows with the square of their number."""
    tower = "a" + "\u0315\u0300" * 60 + " = 1\n"
    told = "it has more than a hundred accents on one letter"
    assert Submission.from_sources({"a.py": tower, "b.py": "x"}).sources == {"b.py": "x"}
    assert Submission.from_sources({"a.py": tower}).notes == (f"a.py was not read: {told}.",)
    root = write(tmp_path / "s", a=tower, b="c\u0327o\u0302te\u0301 = '" + "\u4e00" * 500 + "'\n")
    found = Submission.from_path(root)
    assert (list(found.sources), found.notes) == (["b.py"], (f"a.py was not read: {told}.",))
    cells = [{"cell_type": "code", "source": tower + "def f(): pass"}]
    (root / "n.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}), "utf-8")
    with pytest.raises(SubmissionError, match="accents"):
        Submission.from_path(root / "n.ipynb")
