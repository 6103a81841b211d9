"""Whatever is hidden is found in a folder, archives and new formatting included."""

from __future__ import annotations

import base64
import bz2
import functools
import gzip
import html
import importlib.util
import io
import json
import lzma
import marshal
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from grader import Course
from grader.authoring.leaks import leaks


def test_nothing_hidden_is_in_it(own_course: Course, handout: Path) -> None:
    assert leaks(own_course, handout) == []


def test_every_kind_of_leak_is_found(own_course: Course, handout: Path, tmp_path: Path) -> None:
    exercise = next(iter(own_course.exercises))
    planted = {
        "solution.txt": own_course.solution(exercise),
        "suite.md": own_course.suite(exercise),
        "ideas.py": own_course.misconceptions(exercise),
    }
    for name, source in planted.items():
        (tmp_path / name).write_text(source.read_text("utf-8"), "utf-8")
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.write(source, "deep/down.py")
        with tarfile.open(tmp_path / f"{name}.tar.gz", "w:gz") as tar:
            tar.add(tmp_path / f"{name}.zip", "inner.zip")
    (tmp_path / "reformatted.py").write_text(
        own_course.solution(exercise).read_text("utf-8").replace("    ", "\t").replace("(", "( "),
        "utf-8",
    )
    found = {str(fault.path).partition("/")[0] for fault in leaks(own_course, tmp_path)}
    assert found == {path.name for path in tmp_path.iterdir()}


def test_a_leak_is_told_with_its_line(own_course: Course, tmp_path: Path) -> None:
    exercise = next(e for e in own_course.exercises if e.id == "magnitude")
    hint = own_course.misconceptions(exercise).read_text("utf-8").split('"""')[3]
    (tmp_path / "notes.md").write_text(f"one\ntwo\n{hint}\n", "utf-8")
    (fault,) = leaks(own_course, tmp_path)
    assert str(fault.path) == "notes.md"
    assert fault.line in (3, 4, 5)
    assert "a wrong idea about magnitude" in fault.what


def zipped(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("grader/x.py", data)
    return made.getvalue()


def notebook(text: str) -> bytes:
    output = {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}
    cell = {"cell_type": "code", "source": [], "outputs": [output]}
    return json.dumps({"nbformat": 4, "cells": [cell]}).encode()


#: name -> how a text is hidden in a file of that name
PACKED: dict[str, Callable[[str], bytes]] = {
    "notes.txt.gz": lambda text: gzip.compress(text.encode()),
    "notes.bz2": lambda text: bz2.compress(text.encode()),
    "notes.xz": lambda text: lzma.compress(text.encode()),
    "notes.lzma": lambda text: lzma.compress(text.encode(), lzma.FORMAT_ALONE),
    "named_otherwise.dat": lambda text: gzip.compress(text.encode()),
    "wide.txt": lambda text: text.encode("utf-16"),
    "wide_without_a_mark.txt": lambda text: text.encode("utf-16-le"),
    "wider.txt": lambda text: text.encode("utf-32"),
    "encoded.txt": lambda text: b"key = " + base64.b64encode(text.encode()),
    "encoded_in_lines.txt": lambda text: base64.encodebytes(gzip.compress(text.encode())),
    "encoded_for_addresses.md": lambda text: base64.urlsafe_b64encode(zlib_text(text)),
    "digits.txt": lambda text: text.encode().hex().encode(),
    "run.ipynb": notebook,
    "page.html": lambda text: html.escape(text).encode(),
    "in_a_package_of_ours.zip": lambda text: zipped(text.encode()),
    "table.npz": lambda text: zipped(gzip.compress(text.encode())),
    "cached.pyc": lambda text: importlib.util.MAGIC_NUMBER + bytes(12)
    + marshal.dumps(compile(text, "x.py", "exec")),
}  # fmt: skip


def zlib_text(text: str) -> bytes:
    return gzip.compress(text.encode())


def test_whatever_it_is_packed_in(own_course: Course, tmp_path: Path) -> None:
    """Each kind of file is tried with a solution and with a suite."""
    exercise = next(e for e in own_course.exercises if e.id == "linear_numpy")
    hidden = {"solution": own_course.solution(exercise), "suite": own_course.suite(exercise)}
    expected = set()
    for kind, path in hidden.items():
        for name, pack in PACKED.items():
            (tmp_path / f"{kind}_{name}").write_bytes(pack(path.read_text("utf-8")))
            expected.add(f"{kind}_{name}")
    found = leaks(own_course, tmp_path)
    assert {fault.path.parts[0] for fault in found} == expected
    assert all(fault.what.startswith("it shows a ") for fault in found)


UNREADABLE = {
    "old.pyc": b"\x42\x0d\x0d\x0a" + bytes(40),
    "noise.bin": bytes(range(256)) * 4,
    "cut_off.gz": gzip.compress(b"a" * 10_000)[:-12],
    "deep.gz": functools.reduce(lambda data, _: gzip.compress(data), range(8), b"text"),
}


def test_what_cannot_be_read_is_refused_by_name(own_course: Course, tmp_path: Path) -> None:
    for name, data in UNREADABLE.items():
        (tmp_path / name).write_bytes(data)
    locked = bytearray(zipped(b"x" * 100))
    for start, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):  # the flag that says: encrypted
        locked[locked.index(start) + at] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    (tmp_path / "link.py").symlink_to(own_course.solution(next(own_course.exercises)))
    found = {fault.path.parts[0]: fault.what for fault in leaks(own_course, tmp_path)}
    assert found.keys() == {*UNREADABLE, "locked.zip", "link.py"}
    assert all(what.startswith("it cannot be looked into: it ") for what in found.values())


def test_pictures_and_arrays_are_no_secret(own_course: Course, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    np.save(tmp_path / "b.npy", np.arange(300.0))
    np.savez_compressed(tmp_path / "c.npz", x=np.arange(300.0))
    (tmp_path / "d.pyc").write_bytes(
        importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile("a = 1", "a", "exec"))
    )
    assert leaks(own_course, tmp_path) == []
