"""A report in a notebook: as HTML and as lines."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from grader.course.outline import Feedback
from grader.notebook import Result
from grader.report import model
from grader.report.model import Diagnosis, ExerciseResult, Report

EVIL = "<script>alert('1')</script> & \"x\""


def verdict(feedback: str = "everything", **changes: Any) -> Result:
    """A result with all kinds of outcomes, and markup in every text."""
    zero, one = Decimal(0), Decimal(1)
    table = "expected   got\n 1.0  2.0  > 3.0 <"
    tests = (
        model.TestResult("a", f"passed {EVIL}", "passed", one, one),
        model.TestResult("b", f"failed {EVIL}", "failed", zero, one, f"{EVIL}\n{table}", 1.0, EVIL),
        model.TestResult("c", "forbidden", "forbidden", zero, one, EVIL),
        model.TestResult("d", "again", "error", zero, one, EVIL),
        model.TestResult("e", "to come", "not_attempted", zero, one),
        model.TestResult(
            "f", "skipped", "skipped", zero, zero, "Not run: PyTorch is not installed."
        ),
    )
    result = ExerciseResult(
        EVIL, EVIL, EVIL, "failed", one, Decimal(5), tests, (Diagnosis("X", EVIL),)
    )
    report = Report(
        course=EVIL,
        suite="",
        grader="",
        isolation="none",
        student=EVIL,
        submission="",
        earned=one,
        possible=Decimal(5),
        exercises=(result,),
        notes=(EVIL,),
    )
    made = Result(
        report=report,
        feedback=Feedback(hidden=feedback),  # type: ignore[arg-type]
        missing=(EVIL,),
        taken={EVIL: (EVIL,)},
        why={EVIL: EVIL},
    )
    return msgspec.structs.replace(made, **changes)


def test_everything_is_escaped() -> None:
    page = verdict()._repr_html_()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 9
    body = page.partition("</style>")[2]
    tags = set(re.findall(r"<(\w+)", body))
    assert tags <= {"p", "ul", "li", "span", "strong", "pre"}
    assert not re.search(r"https?:|url\(|@import|style=", page)
    assert "background: none" in page
    assert "background-color" not in page


def test_a_table_keeps_its_lines() -> None:
    page = verdict()._repr_html_()
    assert '<pre class="wxb-table">expected   got\n 1.0  2.0  &gt; 3.0 &lt;</pre>' in page


def test_no_meaning_by_colour_alone() -> None:
    body = verdict()._repr_html_().partition("</style>")[2]
    marks = re.findall(r'role="img" aria-label="([^"]*)">([^<]*)<', body)
    assert marks[1:] == [
        ("right", "✓"),
        ("wrong", "✗"),
        ("forbidden call", "✗"),
        ("error", "✗"),
        ("not begun", "○"),
        ("not run", "–"),
    ]
    assert "forbidden call:" in body
    assert "not begun:" in body


def test_feedback_decides_what_is_seen() -> None:
    title, nothing = verdict("title"), verdict("nothing")
    for page in (title._repr_html_(), repr(title)):
        assert "forbidden" in page
        assert "Idea to look at" not in page
        assert "Your code printed" not in page
        assert "3.0" not in page
    for page in (nothing._repr_html_(), repr(nothing)):
        assert "skipped" not in page
        assert "1 of 5" in page


def test_the_words_are_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from rich.console import Console

    from grader.cli.screens.report import print_exercise
    from grader.cli.screens.screen import Screen

    result = verdict()
    console = Console(file=io.StringIO(), width=400, markup=False, highlight=False)
    print_exercise(Screen(plain=True, console=console), result.report.exercises[0], result.feedback)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    flat = " ".join(repr(result).split())
    for line in shown.splitlines():
        words = re.sub(r"\s\d of \d$", "", line).strip()
        if words and not words.startswith(EVIL):
            assert " ".join(words.split()) in flat


def test_a_sum_and_the_notes_end_it() -> None:
    lines = repr(verdict(seconds=1.25)).splitlines()
    assert lines[-1] == "1 of 5 points, 0 of 1 exercise done, 1.2 s"
    assert lines[-2].startswith("Note: Student code ran without the lock")
    assert verdict().passed is False
    assert "grade pack" in repr(verdict(handout=True))
