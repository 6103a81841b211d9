"""Where nbgrader's own steps lead one astray, and that what is written for it does not.

Traps that only its commands or formgrader show are in `test_export_commands.py` and
`test_export_formgrader.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.intake import recognised
from grader.classroom.intake.handin import Known
from grader.classroom.intake.tree import open_tree
from grader.platforms.nbgrader.opened import with_scripts
from support import nbcourse
from support.gradebooks import DAY
from support.nbtaught import AT, DUE, Taught

WHERE = ("01_a", "01_a")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """nbgrader's libraries warn of how it uses them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def written(taught: Taught, student: str) -> Any:
    """A student's notebook in autograded/, as nbgrader reads it."""
    from nbformat import read

    path = taught.nb / "autograded" / student / "01_a" / "01_a.ipynb"
    return read(path, as_version=4)


def step(name: str, nb: Any, taught: Taught, student: str = "ann", **config: Any) -> None:
    """One of nbgrader's preprocessors, on a notebook."""
    from nbgrader import preprocessors
    from traitlets.config import Config

    where = {"student": student, "assignment": "01_a", "notebook": "01_a"}
    made = getattr(preprocessors, name)(config=Config({name: config}))
    made.preprocess(nb, {"nbgrader": {**where, "db_url": f"sqlite:///{taught.db}"}})


def test_1_alembic_is_found_where_the_environment_is_not_activated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/no/such/folder")
    assert shutil.which("alembic") is None
    with_scripts()
    with_scripts()
    assert shutil.which("alembic") is not None
    assert os.environ["PATH"].count(os.pathsep) == 1


def test_2_a_time_with_a_zone_is_never_given_as_a_text(taught: Taught) -> None:
    from nbgrader.utils import parse_utc

    noon = datetime.fromisoformat("2027-02-01T12:00:00+01:00")
    assert parse_utc("2027-02-01 12:00:00 +0100") == datetime(2027, 2, 1, 11, 58, 20)
    assert parse_utc(noon) == datetime(2027, 2, 1, 11)
    taught.export()
    stamp = (taught.nb / "autograded" / "ann" / "01_a" / "timestamp.txt").read_text("utf-8")
    assert parse_utc(stamp).replace(tzinfo=UTC) == AT
    with nbcourse.gradebook(taught.db) as book:
        assert book.find_submission("01_a", "ann").timestamp.replace(tzinfo=UTC) == AT


def test_3_no_row_is_left_that_waits_for_a_person(taught: Taught) -> None:
    with nbcourse.gradebook(taught.db) as book:
        assert book.update_or_create_submission("01_a", "ann").needs_manual_grade
    taught.export()
    with nbcourse.gradebook(taught.db) as book:
        found = book.find_submission("01_a", "ann")
        assert not found.needs_manual_grade
        book.find_grade("wxb-half", *WHERE, "ann").manual_score = 1.0
        book.find_grade("wxb-half", *WHERE, "ann").extra_credit = 0.5
        book.db.commit()
        book.db.refresh(found)
        assert found.score == 2.5 + 1.0 + 0.5


def test_4_comments_are_the_answers_and_autograding_takes_ours_away(taught: Taught) -> None:
    from nbgrader.api import MissingEntry

    taught.export()
    with nbcourse.gradebook(taught.db) as book:
        with pytest.raises(MissingEntry):
            book.find_comment("wxb-double", *WHERE, "ben")
        assert book.find_comment("code-double", *WHERE, "ben").auto_comment
    step("SaveAutoGrades", written(taught, "ben"), taught, "ben")
    with nbcourse.gradebook(taught.db) as book:
        assert book.find_comment("code-double", *WHERE, "ben").auto_comment is None
    taught.export()
    with nbcourse.gradebook(taught.db) as book:
        assert book.find_comment("code-double", *WHERE, "ben").auto_comment


def test_5_a_penalty_is_taken_anew_by_autograding(taught: Taught) -> None:
    path = Path(taught.course.root) / "course.yaml"
    text = path.read_text("utf-8")
    due = (DUE - 2 * DAY).isoformat()
    late = f"late: {{lose: 10%, every: 1d}}\n{text}".replace(
        "    title: A\n", f"    title: A\n    due: {due}\n"
    )
    with nbcourse.gradebook(taught.db) as book:
        book.update_or_create_assignment("01_a", duedate=DUE - 2 * DAY)
    try:
        path.write_text(late, "utf-8")
        taught.reload()
        taught.export()
        assert taught.scores()["ann"] == (4.0, 0.8)
        step("AssignLatePenalties", written(taught, "ann"), taught)
        assert taught.scores()["ann"] == (4.0, 0.0), "nbgrader's own plugin takes nothing"
        from nbgrader.preprocessors import AssignLatePenalties
        from traitlets.config import Config

        config = {
            "AssignLatePenalties": {"plugin_class": "grader.nbgrader.Late"},
            "Late": {"course": taught.course.root, "gradebook": taught.url},
        }
        where = {"student": "ann", "assignment": "01_a", "notebook": "01_a"}
        AssignLatePenalties(config=Config(config)).preprocess(
            written(taught, "ann"),
            {"nbgrader": {**where, "db_url": f"sqlite:///{taught.db}"}},
        )
        assert taught.scores()["ann"] == (4.0, 0.8), "with ours it stays"
    finally:
        path.write_text(text, "utf-8")
        taught.reload()


def test_7_nbgrader_reads_from_the_cells_what_is_in_its_gradebook(taught: Taught) -> None:
    from nbgrader.utils import determine_grade

    taught.export()
    for student, points in (("ann", (2.5, 1.5)), ("ben", (0, 1.5)), ("cid", (0, 0))):
        cells = [
            c for c in written(taught, student).cells if c.metadata.get("nbgrader", {}).get("grade")
        ]
        assert tuple(determine_grade(cell)[0] for cell in cells) == points
    [first, _] = cells
    first.outputs[0]["data"]["text/plain"] = "2.51"
    with pytest.raises(ValueError, match="cannot be greater than maximum points"):
        determine_grade(first)
    first.outputs[0]["data"]["text/plain"] = "two"
    assert determine_grade(first)[0] == 2.5, "what is no number would be full marks"


def test_8_a_copied_cell_ends_no_step(taught: Taught) -> None:
    from nbgrader.nbgraderformat import SchemaTooOldError

    place = taught.nb / "submitted" / "ann" / "01_a" / "01_a.ipynb"
    own = json.loads(place.read_bytes())
    copied = {**own, "cells": [*own["cells"], own["cells"][1]]}
    from nbformat import from_dict

    nb = from_dict(copied)
    step("DeduplicateIds", nb, taught)
    with pytest.raises(SchemaTooOldError):
        step("CheckCellMetadata", nb, taught)
    from grader.platforms.nbgrader.autograded import notebook
    from grader.platforms.nbgrader.opened import look, opened

    folder = taught.root / "copied"
    folder.mkdir(exist_ok=True)
    (folder / "01_a.ipynb").write_text(json.dumps(copied), "utf-8")
    with opened(f"sqlite:///{taught.db}") as book:
        [assignment] = look(book).assignments
    from nbformat import reads

    text = notebook(assignment.books[0], folder, {}).decode()
    step("CheckCellMetadata", reads(text, as_version=4), taught)


def test_14_the_exchange_s_folders_are_read(tmp_path: Path) -> None:
    name = "ann+01_a+2026-11-29 16:05:25.705069 UTC+9b8a7c"
    (tmp_path / "inbound" / name).mkdir(parents=True)
    (tmp_path / "inbound" / name / "01_a.ipynb").write_bytes(b"{}")
    known = Known(lambda system, value: False, units=frozenset({"01_a"}))
    with open_tree(tmp_path / "inbound") as tree:
        source = recognised(tree, known)
        [found] = source.hand_ins(tree, known)
    assert (source.SOURCE, found.who[0].aliases, found.unit) == ("nbgrader", {"hub": "ann"}, "01_a")
    assert found.at == datetime(2026, 11, 29, 16, 5, 25, 705069, UTC)
