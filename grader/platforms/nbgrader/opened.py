"""nbgrader's gradebook, open through its own API; what goes wrong is said in a sentence.

Its class makes tables in whatever database it is given, and to do so calls `alembic` by its bare
name, which is not found in an environment that is not activated. So a database is looked at first,
and one that is not nbgrader's is left alone.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from grader.classroom.nbgraded import Student
from grader.errors import UsageError
from grader.handin.text import printable
from grader.platforms.nbgrader.there import Assignment, Book, Held, Source, Submitted, There

__all__ = ["look", "opened", "shown", "url_of", "with_scripts"]

#: What of an error's text tells what to do next.
_SAID = (
    ("no such column", "is of an older nbgrader: keep a copy of it and run `nbgrader db upgrade`"),
    ("locked", "is in use by another program; run this again when that has finished"),
    ("readonly", "cannot be written: the file, or its folder, may only be read"),
    ("unable to open", "cannot be opened: is it there, and may you read it?"),
    ("not a database", "is no database"),
    ("No module named", "needs a driver that is not installed: python -m pip install "
     "'wxb[postgres]'"),
    ("Can't load plugin", "names a kind of database that is not known"),
)  # fmt: skip
#: Where errors of the database come from; nbgrader has its own for a broken row.
_THEIRS = ("nbgrader", "psycopg", "sqlalchemy", "sqlite3")


def url_of(text: str) -> str:
    """The URL of a database: of a file, or as it was given.

    Raises:
        UsageError: it is a file, and is not there.
    """
    if "://" not in text or text.startswith("sqlite:///"):
        path = Path(text.removeprefix("sqlite:///")).expanduser()
        if not path.is_file():
            raise UsageError(
                f"{text}: there is no such file. Name nbgrader's gradebook, which `nbgrader "
                "generate_assignment` makes: --db gradebook.db"
            )
        return f"sqlite:///{path.resolve()}"
    kind, _, rest = text.partition("://")
    if kind in ("postgres", "postgresql"):
        has_old = importlib.util.find_spec("psycopg2") is not None
        return f"postgresql{'' if has_old else '+psycopg'}://{rest}"
    return text


def shown(url: str) -> str:
    """A URL for people: without a password, a file as its path."""
    return printable(re.sub(r"//[^@/]*@", "//…@", url).removeprefix("sqlite:///"))


def with_scripts() -> None:
    """Let nbgrader find `alembic` where the environment is not activated."""
    scripts = sysconfig.get_path("scripts")
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, (scripts, os.environ.get("PATH"))))


@contextmanager
def opened(url: str) -> Iterator[Any]:
    """nbgrader's `Gradebook` at a URL.

    Raises:
        UsageError: nbgrader is not installed, or the database is not its, or cannot be used.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about how nbgrader uses its libraries
        try:
            from nbgrader import api
        except ImportError:
            raise UsageError(
                "nbgrader is not installed here: python -m pip install 'wxb[nbgrader]'"
            ) from None
        try:
            _check(api, url)
            with_scripts()
            with api.Gradebook(url, "") as gradebook:
                yield gradebook
        except Exception as error:
            theirs = type(error).__module__.startswith(_THEIRS)
            if not theirs and not isinstance(error, ImportError):
                raise
            raise _sentence(url, error) from None


def _check(api: Any, url: str) -> None:
    engine = api.create_engine(url)
    try:
        tables = api.inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if not {"submitted_assignment", "base_cell"} <= set(tables):
        raise UsageError(
            f"{shown(url)} is not nbgrader's gradebook. It is made by `nbgrader "
            "generate_assignment`, beside nbgrader_config.py."
        )


def _sentence(url: str, error: Exception) -> UsageError:
    text = str(getattr(error, "orig", None) or error).strip()
    said = next((said for part, said in _SAID if part in text), None)
    first = printable((text or type(error).__name__).splitlines()[0])
    return UsageError(f"nbgrader's gradebook {shown(url)} {said or f'cannot be used: {first}'}.")


def look(gradebook: Any) -> There:
    """All that is in it."""
    students = tuple(
        Student(
            each.id, each.first_name or "", each.last_name or "", each.email or "",
            each.lms_user_id or "",
        )
        for each in gradebook.students
    )  # fmt: skip
    assignments, work = [], {}
    for each in gradebook.assignments:
        books = tuple(_book(notebook) for notebook in each.notebooks)
        assignments.append(Assignment(each.name, books, _utc(each.duedate)))
        for submission in each.submissions:
            cells = {
                (notebook.name, grade.name): Held(
                    grade.auto_score, grade.manual_score, grade.extra_credit
                )
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            found = Submitted(_utc(submission.timestamp), cells)
            work[submission.student_id, each.name] = found
    return There(students, tuple(assignments), work)


def _book(notebook: Any) -> Book:
    return Book(
        notebook.name,
        {cell.name: Decimal(repr(cell.max_score)) for cell in notebook.grade_cells},
        frozenset(cell.name for cell in notebook.solution_cells),
        {cell.name: Decimal(repr(cell.max_score)) for cell in notebook.task_cells},
        tuple(
            Source(cell.name, cell.cell_type, bool(cell.locked), cell.source or "",
                   cell.checksum or "")
            for cell in notebook.source_cells
        ),
        notebook.kernelspec or "",
    )  # fmt: skip


def _utc(time: datetime | None) -> datetime | None:
    return None if time is None else time.replace(tzinfo=UTC)
