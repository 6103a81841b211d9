"""An nbgrader course's folder, nbgrader's own commands in it, and a class that hands in."""

from __future__ import annotations

import copy
import csv
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from grader.course.outline import Course
from grader.platforms.nbgrader.build import build
from support import files
from support.courses import sums

Cells = list[dict[str, Any]]
Book = dict[str, Any]

#: A unit of two exercises, both of which start in moments.
TWO = {
    **sums.FILES,
    "course.yaml": sums.COURSE
    + "      - {id: twice, title: 'Twice?', tests: {test_double: 1, test_half: 1}}\n",
    "exercises/01_a/README.md": (
        "# A\n\nAdd, then double.\n\n**Exercise 1: [`sums`](sums.py).** Add.\n\n"
        "## Twice\n\nSee [A](../01_a/README.md).\n\n**Exercise 2: [`twice`](twice.py).** Double,\n"
        "and halve.\n\n## Think\n\nWhy?\n"
    ),
    "solutions/01_a/twice.py": (
        '"""Twice?"""\n\n\ndef double(x):\n    """Twice.\n\n    Examples:\n'
        '        >>> double(2)\n        4\n    """\n    return x + x\n\n\n'
        'def half(x):\n    """Half.\n\n    Examples:\n        >>> half(2)\n        1.0\n    """\n'
        "    return x / 2\n"
    ),
    "misconceptions/01_a/twice.py": "",
    "tests/hidden/01_a/test_twice.py": (
        '"""Twice."""\n\n\ndef test_double(student):\n    """Twice two is four."""\n'
        "    assert student.double(2) == 4\n\n\n"
        'def test_half(student):\n    """Half of two is one."""\n'
        "    assert student.half(2) == 1.0\n"
    ),
}


class Teaching:
    """A built nbgrader course, whose first unit is handed in.

    Args:
        course: the folder of the whole course.
        root: where to build; nothing of the user's Jupyter is read or written.
    """

    def __init__(self, course: Path, root: Path) -> None:
        self.course, self.root = Course.load(course), root
        self.unit = self.course.units[0].id
        build(self.course, root, [self.unit])
        home = root.parent / "home"
        own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
        self.env = os.environ | {name: str(home / name.lower()) for name in own}
        self.env |= {"HOME": str(home), "PYTHONWARNINGS": "ignore"}

    def run(self, *args: str, fails: bool = False, cwd: Path | None = None) -> str:
        """`nbgrader ARGS…` as it is installed, by its own path; what it says."""
        ran = subprocess.run(
            [Path(sys.executable).with_name("nbgrader"), *args],
            cwd=cwd or self.root,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert (ran.returncode != 0) == fails, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def released(self) -> Book:
        """The notebook that students get."""
        return self._book("release")

    def source(self) -> Book:
        """The notebook with solutions."""
        return self._book("source")

    def _book(self, folder: str) -> Book:
        path = self.root / folder / self.unit / f"{self.unit}.ipynb"
        book: Book = json.loads(path.read_text("utf-8"))
        for cell in book["cells"]:
            cell["source"] = "".join(cell["source"])
        return book

    def hand_in(self, student: str, content: Book | bytes) -> Path:
        """Put a notebook where nbgrader collects them; its folder."""
        folder = self.root / "submitted" / student / self.unit
        folder.mkdir(parents=True)
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / f"{self.unit}.ipynb").write_bytes(data)
        return folder

    def marks(self) -> dict[str, dict[str, float | None]]:
        """Student -> exercise -> what the gradebook holds, for all that were graded."""
        found: dict[str, dict[str, float | None]] = {}
        with sqlite3.connect(self.root / "gradebook.db") as db:
            rows = db.execute(
                "select a.student_id, b.name, g.auto_score from grade g "
                "join submitted_notebook n on n.id = g.notebook_id "
                "join submitted_assignment a on a.id = n.assignment_id "
                "join base_cell b on b.id = g.cell_id"
            )
            for student, name, score in rows:
                found.setdefault(student, {})[name.removeprefix("wxb-")] = score
        db.close()
        return found

    def exported(self) -> dict[str, float]:
        """Student -> score, as the stock `nbgrader export` writes it."""
        self.run("export")
        with (self.root / "grades.csv").open(newline="") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}

    def feedback(self, student: str) -> str:
        """The page that a student gets."""
        path = self.root / "feedback" / student / self.unit / f"{self.unit}.html"
        return path.read_text("utf-8")


class Handed(NamedTuple):
    """A notebook, and which exercises are right in it; None: it cannot be graded."""

    content: Book | bytes
    right: tuple[str, ...] | None
    files: Callable[[Path], None] = lambda folder: None


def handed_in(teaching: Teaching) -> dict[str, Handed]:
    """A class: what students hand in, what they break by mistake, and what they try."""
    return dict(_Class(teaching).everybody())


class _Class:
    def __init__(self, teaching: Teaching) -> None:
        self.teaching = teaching
        self.empty = teaching.released()
        self.solved = {c["metadata"]["nbgrader"]["grade_id"]: c for c in teaching.source()["cells"]}
        self.all = tuple(e.id for e in teaching.course.units[0].exercises)

    def book(self, *names: str, change: Callable[[Cells], Any] | None = None) -> Book:
        """The released notebook with some exercises solved, and then changed."""
        made = copy.deepcopy(self.empty)
        for cell in made["cells"]:
            name = cell["metadata"]["nbgrader"]["grade_id"]
            if name.removeprefix("code-") in names:
                cell["source"] = self.solved[name]["source"]
        if change is not None:
            change(made["cells"])
        return made

    def right(self, change: Callable[[Cells], Any] | None = None) -> Book:
        return self.book(*self.all, change=change)

    def hostile(self, code: str) -> Book:
        """No function is solved, and each does something else."""

        def change(cells: Cells) -> None:
            for cell in _of(cells, "code-"):
                cell["source"] = cell["source"].replace("raise NotImplementedError", code)

        return self.book(change=change)

    def everybody(self) -> Iterator[tuple[str, Handed]]:
        yield from self._honest()
        yield from self._broken()
        yield from self._forged()
        for name, code in HOSTILE.items():
            yield f"hostile_{name}", Handed(self.hostile(code), ())

    def _honest(self) -> Iterator[tuple[str, Handed]]:
        first, everything = self.all[0], self.all
        yield "right", Handed(self.right(), everything)
        yield "half", Handed(self.book(first), (first,))
        yield "untouched", Handed(self.book(), ())
        yield "copied", Handed(self.right(lambda c: c.extend(copy.deepcopy(c))), everything)
        yield "noisy", Handed(self.right(_make_noise), everything)
        yield "in_plain_cells", Handed(self.book(change=self._write_below), everything)
        yield "with_a_helper", Handed(self._importing("own_helper"), everything, self._helper)
        yield "syntax_error", Handed(self.right(self._break_first), self.all[1:])
        yield "large_output", Handed(self.right(_fill_outputs), everything)

    def _broken(self) -> Iterator[tuple[str, Handed]]:
        everything = self.all
        yield "in_locked_cells", Handed(self.book(change=self._write_into_tests), everything)
        yield "stripped", Handed(self.right(_strip), everything)
        yield "tests_deleted", Handed(self.right(_delete_tests), everything)
        yield "tests_deleted_untouched", Handed(self.book(change=_delete_tests), ())
        yield "cells_deleted", Handed(self.book(change=lambda cells: cells.clear()), ())
        yield "lesson_edited", Handed(self.right(_edit_lessons), everything)
        yield (
            "half_a_letter",
            Handed(self.right(lambda c: c.append(_code("x = '\ud800'"))), everything),
        )
        yield "not_json", Handed(b"{not json", None)
        yield "another_json", Handed(b"[1, 2]", None)
        yield "nothing_at_all", Handed(b"", None)

    def _forged(self) -> Iterator[tuple[str, Handed]]:
        everything = self.all
        kernel = {"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "R"}}
        yield "kernel", Handed(self.right() | {"metadata": kernel}, everything)
        yield "no_metadata", Handed(self.right() | {"metadata": {}}, everything)
        for name, (key, value) in FORGED.items():

            def forge(cells: Cells, key: str = key, value: object = value) -> None:
                for cell in cells:
                    cell["metadata"]["nbgrader"][key] = value

            yield f"forged_{name}", Handed(self.book(change=forge), ())
            yield f"forged_{name}_right", Handed(self.right(forge), everything)
        yield "forged_whole", Handed(self.right(_no_dicts), everything)
        yield "forged_source", Handed(self.book(change=_own_tests), ())
        yield "forged_outputs", Handed(self.book(change=_own_outputs), ())
        yield "forged_types", Handed(self.book(change=_other_types), ())
        yield "forged_swapped", Handed(self.right(_swap_ids), everything)
        yield "own_tests", Handed(self.book(change=_add_tests), ())
        yield "scripts", Handed(self.right(_add_scripts), everything)
        yield "link", Handed(self._importing("stolen"), (), self._link)

    def _write_below(self, cells: Cells) -> None:
        for name in self.all:
            cells.append(_code(self.solved[f"code-{name}"]["source"]))

    def _write_into_tests(self, cells: Cells) -> None:
        for cell in _of(cells, "wxb-"):
            name = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("wxb-")
            cell["source"] = self.solved[f"code-{name}"]["source"]

    def _importing(self, module: str) -> Book:
        """A notebook that takes the functions of the first exercise from a module beside it."""
        course = self.teaching.course
        names = _functions(course.solution(course.units[0].exercises[0]).read_text("utf-8"))

        def change(cells: Cells) -> None:
            cells.append(_code(f"from {module} import {', '.join(names)}"))

        return (
            self.book(*self.all[1:], change=change)
            if module != "stolen"
            else self.book(change=change)
        )

    def _helper(self, folder: Path) -> None:
        course = self.teaching.course
        text = course.solution(course.units[0].exercises[0]).read_text("utf-8")
        (folder / "own_helper.py").write_text(text, "utf-8")

    def _link(self, folder: Path) -> None:
        course = self.teaching.course
        (folder / "stolen.py").symlink_to(course.solution(course.units[0].exercises[0]))

    def _break_first(self, cells: Cells) -> None:
        next(_of(cells, "code-"))["source"] += "\n)"


#: What the metadata of every cell says instead: key -> value.
FORGED: dict[str, tuple[str, object]] = {
    "points": ("points", 1000),
    "negative": ("points", -1),
    "grade": ("grade", False),
    "solution": ("solution", True),
    "locked": ("locked", False),
    "task": ("task", True),
    "checksum": ("checksum", "0" * 32),
    "schema_new": ("schema_version", 99),
    "schema_old": ("schema_version", 1),
    "schema_text": ("schema_version", "three"),
    "type": ("cell_type", "markdown"),
    "extra": ("more", {"deep": [1]}),
    "id": ("grade_id", "mine"),
    "id_list": ("grade_id", ["wxb"]),
    "id_empty": ("grade_id", ""),
    "id_null": ("grade_id", None),
}

#: What stands in the place of every `raise NotImplementedError`.
HOSTILE = {
    "exit": "import os; os._exit(0)",
    "quit": "raise SystemExit(0)",
    "loop": "\n    while True: pass",
    "kill": "import os, signal; os.kill(os.getppid(), signal.SIGKILL)",
    "database": (
        "import glob, sqlite3; [sqlite3.connect(p).execute('update grade set manual_score = 99') "
        "for p in ('gradebook.db', '../gradebook.db', '../../../gradebook.db')]"
    ),
    "thief": "return open('/etc/passwd').read() + str(__import__('os').listdir('/'))",
    "patch": "import grader.notebook as n; n.check = lambda *a: 1000.0",
    "transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['12.0'])",
    "memory": "return bytearray(1 << 40)",
    "prints": "print('<script>alert(1)</script>' * 1000)",
    "deep": "return (lambda f: f(f))(lambda f: f(f))",
}


def _of(cells: Cells, start: str) -> Iterator[dict[str, Any]]:
    for cell in cells:
        if cell["metadata"]["nbgrader"]["grade_id"].startswith(start):
            yield cell


def _code(source: str, **metadata: Any) -> dict[str, Any]:
    cell = {"cell_type": "code", "metadata": metadata, "source": source}
    return cell | {"outputs": [], "execution_count": None}


def _functions(text: str) -> list[str]:
    return [line[4:].partition("(")[0] for line in text.splitlines() if line.startswith("def ")]


def _make_noise(cells: Cells) -> None:
    for cell in _of(cells, "code-"):
        cell["source"] += (
            "\nimport sys, warnings\nprint('noise', file=sys.stderr)\nwarnings.warn('loud')"
        )
        cell["outputs"] = [{"output_type": "stream", "name": "stderr", "text": "noise"}]


def _fill_outputs(cells: Cells) -> None:
    for cell in _of(cells, "wxb-"):
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x\n" * 500_000}]


def _strip(cells: Cells) -> None:
    for cell in cells:
        cell["metadata"] = {}


def _delete_tests(cells: Cells) -> None:
    cells[:] = [c for c in cells if not c["metadata"]["nbgrader"]["grade_id"].startswith("wxb-")]


def _edit_lessons(cells: Cells) -> None:
    for cell in _of(cells, "lesson-"):
        cell["source"] = "My notes"


def _no_dicts(cells: Cells) -> None:
    for cell in cells:
        cell["metadata"]["nbgrader"] = "x"


def _own_tests(cells: Cells) -> None:
    for cell in _of(cells, "wxb-"):
        cell["source"] = "12.0"


def _own_outputs(cells: Cells) -> None:
    for cell in _of(cells, "wxb-"):
        data = {"text/plain": "1", "text/html": "<script>alert(1)</script>"}
        output = {"output_type": "execute_result", "data": data, "metadata": {}}
        cell["outputs"] = [output | {"execution_count": 1}]


def _other_types(cells: Cells) -> None:
    for cell in cells:
        cell["cell_type"] = "raw" if cell["cell_type"] == "code" else "code"
        cell.pop("outputs", None)


def _swap_ids(cells: Cells) -> None:
    codes = list(_of(cells, "code-"))
    ids = [cell["metadata"] for cell in codes]
    for cell, metadata in zip(codes, reversed(ids), strict=True):
        cell["metadata"] = metadata


def _add_tests(cells: Cells) -> None:
    marks = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False}
    for name in ("mine", "wxb-mine", "wxb-other"):
        cells.append(_code("50.0", nbgrader=marks | {"grade_id": name, "points": 50}))


def _add_scripts(cells: Cells) -> None:
    attack = (
        "<script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3)) "
        "<a href='data:text/html,<script>alert(4)</script>'>b</a> <iframe src=//x></iframe>"
    )
    for kind in ("markdown", "raw", "unheard-of"):
        cells.insert(0, {"cell_type": kind, "metadata": {}, "source": attack})
    cells[0]["metadata"] = {"tags": ['"><script>alert(5)</script>'], "raw_mimetype": "text/html"}


def two(root: Path) -> Path:
    """Write the course of two exercises; its folder."""
    return files.write(root, TWO)
