"""The house as docs/architecture.md draws it: which room knows which, and what is refused."""

from __future__ import annotations

import graphlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from support.places import ROOT

#: The one door that opens both ways: `Course.load` hands over to the reader of course.yaml.
DOOR = ("grader.course.outline", "grader.course.reading.load")
#: Most lines of one file: what a reader keeps in mind.
LINES = 400
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")

#: Contract -> an import that breaks it, and the file that it is planted in.
PLANTED = {
    "one-way": ("grader/handin/text.py", "import grader.report.words"),
    "light": ("grader/study/events.py", "def late():\n    import numpy"),
    "border": ("grader/sandbox/seeds.py", "import grader.course.names"),
    "locked-side": ("grader/sandbox/worker/printed.py", "import grader.sandbox.stopped"),
    "judge-by-name": ("grader/authoring/proof.py", "import grader.judge.scoring"),
    "gradebook-alone": ("grader/report/words.py", "import sqlalchemy"),
    "nbgrader-alone": ("grader/classroom/policy.py", "def late():\n    import nbgrader"),
    "no-cli": ("grader/notebook/live.py", "def late():\n    import grader.cli.options"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a copy with one broken import of each kind."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "grader", copy / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    for name, line in PLANTED.values():
        path = copy / name
        path.write_text(f"{path.read_text('utf-8')}\n\n{line}\n", "utf-8")
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1, ran.stdout
    return ran.stdout


@pytest.mark.parametrize("contract", CONTRACTS["contracts"], ids=lambda contract: contract["id"])
def test_an_import_that_breaks_a_contract_is_refused(contract: dict[str, str], told: str) -> None:
    file, line = PLANTED[contract["id"]]
    assert f"{contract['name']} BROKEN" in told
    importer = file.removesuffix(".py").replace("/", ".")
    imported = line.rpartition("import ")[2]
    details = told[told.rindex(f"\n{contract['name']}\n") :]
    assert f"{importer} -> {imported}" in details


def test_each_contract_has_its_planted_import_and_says_why() -> None:
    ids = [contract["id"] for contract in CONTRACTS["contracts"]]
    assert sorted(ids) == sorted(PLANTED)
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if line == "[[tool.importlinter.contracts]]":
            assert lines[number + 1].startswith("# "), (
                f"pyproject.toml:{number + 1} gives no reason"
            )


def test_no_two_files_import_each_other_in_a_circle() -> None:
    """Imports inside functions count as well; the door that is named is the one exception."""
    graph = grimp.build_graph("grader", cache_dir=None)
    imports = {
        module: {
            other
            for other in graph.find_modules_directly_imported_by(module)
            if (module, other) != DOOR
        }
        for module in graph.modules
    }
    assert DOOR[1] in graph.find_modules_directly_imported_by(DOOR[0]), "the door is still there"
    graphlib.TopologicalSorter(imports).prepare()
    assert "`course/outline.py`" in TEXT
    assert "`course/reading/load.py`" in TEXT


def test_every_file_fits_in_a_head() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in (ROOT / "grader").rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > LINES
    }
    assert long == {}


def test_every_package_has_a_map_of_its_files() -> None:
    for package in (ROOT / "grader").rglob("__init__.py"):
        folder = package.parent
        docstring = package.read_text("utf-8").partition('"""')[2].partition('"""')[0]
        names = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
        names += [f"{path.name}/" for path in folder.iterdir() if (path / "__init__.py").is_file()]
        missing = [name for name in names if name not in docstring]
        assert missing == [], f"{package.relative_to(ROOT)} does not name {missing}"


def test_every_room_is_on_the_map() -> None:
    rooms = [path.parent.name for path in (ROOT / "grader").glob("*/__init__.py")]
    assert len(rooms) >= 10
    assert [room for room in rooms if f"`{room}/`" not in TEXT] == []


def test_every_file_that_is_named_exists() -> None:
    for name in re.findall(r"`((?:grader|tests|docs|tools|benchmarks)/[\w./]+)`", TEXT):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"`((?:\w+/)+\w+\.py)`", TEXT):
        assert (ROOT / "grader" / name).exists() or (ROOT / name).exists(), name
