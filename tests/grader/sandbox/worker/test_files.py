"""Data files in memory: every way to read one, and none to write."""

from __future__ import annotations

import builtins
import glob
import importlib
import io
import linecache
import os
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox.worker.files import Files
from grader.sandbox.worker.refused import refusal

SAVED = io.BytesIO()
np.save(SAVED, np.eye(2))
DATA = {
    "w.csv": b"1,2\r\n3,4\r\n",
    "data/x.txt": "hällo\n".encode(),
    "../shared/w.csv": b"5",
    "e.npy": SAVED.getvalue(),
    "e.bin": np.arange(3.0).tobytes(),
    "e.txt": b"1 2 3",
}


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Files]:
    """Files in the place of this process's own, until the test is over."""
    monkeypatch.chdir(tmp_path)
    openers = importlib.import_module("numpy.lib._datasource")._file_openers
    with monkeypatch.context() as patch:
        places: list[tuple[Any, str]] = [(builtins, "open"), (io, "open"), (np, "fromfile")]
        names = ("stat", "lstat", "listdir", "scandir", "access", "open", "chdir")
        places += [(os, name) for name in names]
        places += [(tokenize, "_builtin_open")]
        for owner, name in places:
            patch.setattr(owner, name, getattr(owner, name))
        patch.setitem(openers._file_openers, None, openers._file_openers[None])
        files = Files(DATA)
        files.install()
        yield files


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("w.csv", "w.csv"),
        ("./w.csv", "w.csv"),
        (Path("data", "x.txt"), "data/x.txt"),
        (b"x.txt", "data/x.txt"),
        ("../shared/w.csv", "../shared/w.csv"),
        ("/nowhere/shared/w.csv", "../shared/w.csv"),
        ("C:\\Users\\ada\\w.csv", "w.csv"),
        ("W.csv", ""),
        ("", ""),
        (3, ""),
        (os.devnull, ""),
    ],
)
def test_which_file_a_path_means(path: Any, found: str) -> None:
    assert Files(DATA).find(path) == found


def test_a_file_of_this_machine_is_none_of_the_submission(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("own", "utf-8")
    assert Files(DATA).find(tmp_path / "w.csv") == ""


def test_reading_as_text_and_as_bytes(files: Files) -> None:
    with open("w.csv") as file:
        assert [*file] == ["1,2\n", "3,4\n"]
    with open("w.csv", newline="") as file:
        assert file.readline() == "1,2\r\n"
    assert open("w.csv", "rb").read() == DATA["w.csv"]  # noqa: SIM115
    assert Path("data/x.txt").read_text(encoding="utf-8") == "hällo\n"
    assert Path("data/x.txt").read_bytes() == DATA["data/x.txt"]
    assert linecache.getline("data/x.txt", 1) == "hällo\n"
    linecache.clearcache()


def test_numpy_reads_them(files: Files) -> None:
    assert np.load("e.npy").tolist() == [[1, 0], [0, 1]]
    assert np.loadtxt("w.csv", delimiter=",").tolist() == [[1, 2], [3, 4]]
    assert np.genfromtxt("w.csv", delimiter=",").tolist() == [[1, 2], [3, 4]]
    assert np.fromfile("e.bin").tolist() == [0, 1, 2]
    assert np.fromfile("e.txt", sep=" ").tolist() == [1, 2, 3]


def test_looking_at_them(files: Files) -> None:
    assert os.path.exists("w.csv")
    assert Path("w.csv").is_file()
    assert Path("data").is_dir()
    assert os.path.getsize("w.csv") == 10
    assert os.access("w.csv", os.R_OK)
    assert not os.access("w.csv", os.W_OK)
    assert not Path("gone.csv").exists()
    assert sorted(glob.glob("*.csv")) == ["w.csv"]
    assert [path.name for path in Path("data").iterdir()] == ["x.txt"]
    assert {"w.csv", "data"} < set(os.listdir())
    assert ("data", [], ["x.txt"]) in [*os.walk("data")]


@pytest.mark.parametrize(
    ("code", "kind", "file"),
    [
        ("open('out.txt', 'w')", "write", "out.txt"),
        ("open('w.csv', 'r+')", "write", "w.csv"),
        ("Path('log.txt').open('a')", "write", "log.txt"),
        ("np.save('o.npy', np.eye(2))", "write", "o.npy"),
        ("open('gone.csv')", "read", "gone.csv"),
        ("np.load('data/gone.npy')", "read", "gone.npy"),
        ("os.listdir('gone')", "read", "gone"),
        ("np.load('e.npy', mmap_mode='r')", "map", "e.npy"),
        ("os.open('w.csv', os.O_RDONLY)", "map", "w.csv"),
        ("os.chdir('gone')", "folder", "gone"),
    ],
)
def test_what_is_refused_says_so(files: Files, code: str, kind: str, file: str) -> None:
    with pytest.raises(OSError) as met:  # noqa: PT011
        eval(code)
    assert refusal(met.value) == (kind, file)
    assert not os.path.lexists("out.txt")


def test_what_is_written_to_nowhere_is_gone(files: Files) -> None:
    with open(os.devnull, "w") as file:
        assert file.write("x") == 1
    with open(os.devnull, "wb") as raw:
        assert raw.write(b"xy") == 2
    with pytest.raises(io.UnsupportedOperation):
        open("w.csv", "rb").write(b"x")  # noqa: SIM115
