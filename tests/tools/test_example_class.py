"""The class that ships is what its generator writes, and holds what it is there to show."""

from __future__ import annotations

import ast
import io
import zipfile
import zlib

import pytest

from support.places import ROOT
from tools.example_class import FILES, students, written

CLASS = ROOT / "examples" / "class"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return written()


def contents(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def test_the_same_tree_gives_the_same_bytes(made: dict[str, bytes]) -> None:
    assert written() == made
    assert sorted(made) == sorted(FILES)
    for name in FILES:
        shipped = (CLASS / name).read_bytes()
        is_other_zlib = "ng" in zlib.ZLIB_RUNTIME_VERSION
        if name.endswith(".zip") and is_other_zlib:  # it packs the same into other bytes
            assert contents(shipped) == contents(made[name])
        else:
            assert shipped == made[name], f"{name}: run python -m tools.example_class"


def test_it_is_small_and_nobody_is_real(made: dict[str, bytes]) -> None:
    assert sum(map(len, made.values())) < 300_000
    people = students()
    assert len(people) == 40
    assert all(student.email.endswith("@example.org") for student in people)
    names = [student.name for student in people]
    assert len(set(names)) == 39, "two have one name"
    assert any("'" in name for name in names)
    assert any(not name.isascii() for name in names)
    assert max(map(len, names)) > 60


def test_every_module_in_it_is_python(made: dict[str, bytes]) -> None:
    modules = [data for name, data in contents(made["moodle.zip"]) if name.endswith(".py")]
    assert len(modules) > 120
    for data in modules:
        ast.parse(data)
