"""course.yaml's late policy as nbgrader's plugin, asked by nbgrader's own preprocessor."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.gradebook.values import Adjustment
from grader.errors import UsageError
from support import nbcourse
from support.gradebooks import DAY, HOUR
from support.nbtaught import DUE, Taught

WHERE = ("01_a", "01_a")
RULES = "late: {grace: 1h, lose: 10%, every: 1d, at_most: 50%}\n"


@pytest.fixture
def rules(taught: Taught) -> Iterator[Path]:
    """The course takes a tenth a day; course.yaml, to say more in it."""
    path = Path(taught.course.root) / "course.yaml"
    text = path.read_text("utf-8")
    path.write_text(RULES + text, "utf-8")
    yield path
    path.write_text(text, "utf-8")


def penalty(
    taught: Taught,
    over: timedelta,
    student: str = "ann",
    extension: timedelta | None = None,
    config: dict[str, Any] | None = None,
) -> float:
    """What ann's 4 points lose, handed in so long after nbgrader's due date."""
    taught.export(late="lms")
    with nbcourse.gradebook(taught.db) as book:
        submission = book.update_or_create_submission("01_a", student, timestamp=DUE + over)
        if extension is not None:
            submission.extension = extension
        book.db.commit()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from nbformat.v4 import new_notebook
        from nbgrader.preprocessors import AssignLatePenalties
        from traitlets.config import Config

        own = {"Late": {"course": taught.course.root, "gradebook": taught.url}}
        settings = {"AssignLatePenalties": {"plugin_class": "grader.nbgrader.Late"}}
        step = AssignLatePenalties(
            config=Config({**settings, **(own if config is None else config)})
        )
        where = {"student": student, "assignment": "01_a", "notebook": "01_a"}
        nb = new_notebook()
        step.preprocess(nb, {"nbgrader": {**where, "db_url": f"sqlite:///{taught.db}"}})
    with nbcourse.gradebook(taught.db) as book:
        kept = book.find_submission_notebook(*WHERE, student).late_submission_penalty
    return float(kept or 0)


@pytest.mark.parametrize(
    ("over", "points"),
    [
        (timedelta(0), 0),
        (HOUR, 0),  # grace
        (HOUR + timedelta(seconds=1), 0.4),
        (DAY + HOUR, 0.4),
        (DAY + 2 * HOUR, 0.8),
        (30 * DAY, 2),  # at most half
    ],
)
def test_grace_periods_and_the_most_that_is_lost(
    taught: Taught, rules: Path, over: timedelta, points: float
) -> None:
    assert penalty(taught, over) == points


def test_nothing_is_lost_of_nothing(taught: Taught, rules: Path) -> None:
    assert penalty(taught, 3 * DAY, "cid") == 0


def test_an_extension_of_nbgrader_s_holds(taught: Taught, rules: Path) -> None:
    assert penalty(taught, 3 * DAY, extension=2 * DAY) == 0.4
    assert penalty(taught, 3 * DAY, extension=3 * DAY) == 0


def extend(taught: Taught, **what: Any) -> None:
    with taught.book() as book:
        book.adjust([Adjustment(0, "extend", "me", DUE, "ill", unit="01_a", **what)])


def test_grade_extend_holds_too_and_the_longest_of_both(taught: Taught, rules: Path) -> None:
    extend(taught, student="ann", by=2 * DAY)
    assert penalty(taught, 3 * DAY) == 0.4
    assert penalty(taught, 3 * DAY, "ben") == pytest.approx(0.45), "three tenths of 1.5"
    assert penalty(taught, 3 * DAY, extension=timedelta(days=1)) == 0.4
    assert penalty(taught, 3 * DAY, extension=3 * DAY) == 0


def dated(rules: Path, text: str) -> None:
    """From now on course.yaml has dates for the unit."""
    rules.write_text(rules.read_text("utf-8").replace("    title: A\n", f"    title: A\n{text}"))


def test_of_two_due_dates_the_later_holds(taught: Taught, rules: Path) -> None:
    later = (DUE + 2 * DAY).isoformat()
    dated(rules, f"    due: {later}\n")
    assert penalty(taught, 3 * DAY) == 0.4
    dated(rules, "")
    rules.write_text(rules.read_text().replace(later, (DUE - 2 * DAY).isoformat()), "utf-8")
    assert penalty(taught, 3 * DAY) == pytest.approx(1.2), "nbgrader's, which is later"


def test_after_the_closing_time_nothing_is_left(taught: Taught, rules: Path) -> None:
    dated(rules, f"    due: {DUE.isoformat()}\n    closes: {(DUE + 2 * DAY).isoformat()}\n")
    assert penalty(taught, 2 * DAY) == 0.8
    assert penalty(taught, 2 * DAY + HOUR) == 4.0
    assert penalty(taught, 2 * DAY + HOUR, extension=DAY) == 0.4, "it moves the closing time, too"


def test_late_days_of_a_budget(taught: Taught, rules: Path) -> None:
    rules.write_text(
        rules.read_text("utf-8").replace("at_most: 50%", "at_most: 50%, budget: 2d"), "utf-8"
    )
    assert penalty(taught, 2 * DAY) == 0
    assert penalty(taught, 3 * DAY) == 0.4


def test_the_course_may_be_that_of_grade(taught: Taught, rules: Path) -> None:
    config = {"Grade": {"course": taught.course.root}, "Late": {"gradebook": taught.url}}
    assert penalty(taught, DAY, config=config) == 0.4
    with pytest.raises(UsageError, match=r"c\.Late\.course"):
        penalty(taught, DAY, config={})


def test_no_gradebook_of_wxb_s_is_made_for_it(
    taught: Taught, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    assert penalty(taught, DAY, config={"Late": {"course": taught.course.root}}) == 0.4
    assert list(tmp_path.iterdir()) == []


def test_an_assignment_that_is_no_unit_loses_nothing(taught: Taught, rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("id: 01_a", "id: 09_z"), "utf-8")
    for folder in ("solutions", "tests/hidden", "misconceptions", "exercises"):
        (Path(taught.course.root) / folder / "01_a").rename(
            Path(taught.course.root) / folder / "09_z"
        )
    try:
        assert penalty(taught, DAY) == 0
    finally:
        for folder in ("solutions", "tests/hidden", "misconceptions", "exercises"):
            (Path(taught.course.root) / folder / "09_z").rename(
                Path(taught.course.root) / folder / "01_a"
            )


def test_the_same_moment_in_another_zone_is_as_late(taught: Taught, rules: Path) -> None:
    assert datetime.fromisoformat("2027-02-01T13:00:00+01:00") == DUE
    dated(rules, "    due: 2027-02-01T13:00:00+01:00\n")
    assert penalty(taught, DAY + 2 * HOUR) == 0.8
