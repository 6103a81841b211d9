"""Every screen at 80 and 120 columns, in colour and plain, against what it looked like before.

WXB_SNAPSHOTS=write pytest tests/grader/cli/screens    after a change that is meant
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.authoring.mutants import Mutant
from grader.authoring.mutation import Mutated, summarise
from grader.authoring.proof import Checked
from grader.cli.screens.course import print_map, print_next
from grader.cli.screens.hints import print_hints
from grader.cli.screens.proof import (
    print_checked,
    print_mutated,
    print_mutation_summary,
    print_proof_summary,
)
from grader.cli.screens.report import (
    print_exercise,
    print_hint_offer,
    print_report,
    print_so_far,
    print_why,
)
from grader.cli.screens.screen import SafeConsole, Screen
from grader.course.outline import Course, Exercise, Feedback, Unit
from grader.errors import Fault
from grader.report import model
from grader.report.model import Diagnosis, ExerciseResult, Outcome, Report
from grader.report.words import so_far
from grader.study.progress import Hint, Progress

SCREENS = Path(__file__).parent
TABLE = """Wrong values: at [0, 1] expected 2.0, got 3.0.
Call: scores([[1., 2.], [3., 4.]])
1 of 4 entries differ (marked >):
expected      got
 1.0 >2.0      1.0 >3.0
 3.0  4.0      3.0  4.0"""
EIGHT = "\n".join(
    ["Wrong values: at [0, 0] expected 0.10, got 9.99.", "expected" + " " * 41 + "got"]
    + ["  ".join([f"{i}.{j}0" for j in range(8)]) + "  |  " + "9.99  " * 8 for i in range(8)]
)

#: test -> (outcome, message, printed)
ENDS: dict[str, tuple[Outcome, str, str]] = {
    "test_right": ("passed", "", ""),
    "test_wrong": ("failed", TABLE, "here\nthere"),
    "test_large": ("failed", EIGHT, ""),
    "test_raised": ("error", "Your code raised ValueError: no\nscores.py, line 3: raise", ""),
    "test_slow": ("timeout", "No answer within 2 s. Is there a loop that never ends?", ""),
    "test_big": ("memory", "More than the 1024 MiB of memory that are allowed.", ""),
    "test_loud": ("output", "More than 10 MB printed in one test.", ""),
    "test_dead": ("crashed", "Your code ended its own process (exit status 3).", ""),
    "test_shortcut": ("forbidden", "This exercise asks you to do without numpy.dot.", ""),
    "test_later": ("not_attempted", "", ""),
    "test_torch": ("skipped", "Not run: PyTorch is not installed.", ""),
    "test_ours": ("grader_fault", "The test itself raised KeyError\nPlease tell them.", ""),
}


def exercise(name: str, title: str, tests: list[str], unit: str = "01_a") -> Exercise:
    return Exercise(name, unit, title, dict.fromkeys(tests, Decimal("0.5")))


def course(root: Path, hidden: str = "everything") -> Course:
    first = exercise("scores", "Who attends to whom, and by how much?", list(ENDS))
    units = (
        Unit(
            "01_a",
            "A unit",
            (first, exercise("later", "What comes later?", ["test_right", "test_later"])),
            datetime(2027, 2, 1, 23, 59, tzinfo=UTC),
        ),
        Unit("02_b", "Another", (exercise("done", "Done", ["test_right"], "02_b"),)),
        Unit("03_c", "The last", (exercise("last", "What is last?", ["test_later"], "03_c"),)),
    )
    return Course(str(root), "A Course", units, feedback=Feedback(hidden))  # type: ignore[arg-type]


def result(exercise: Exercise, ends: dict[str, tuple[Outcome, str, str]]) -> ExerciseResult:
    tests = []
    for test, points in exercise.tests.items():
        outcome, message, printed = ends[test]
        possible = Decimal(0) if outcome in model.FREE else points
        earned = points if outcome == "passed" else Decimal(0)
        title = f"What must be so in {test}: a sentence that is long enough to need a second line."
        tests.append(
            model.TestResult(test, title, outcome, earned, possible, message, 1.0, printed)
        )
    worst: Outcome = next((t.outcome for t in tests if t.outcome != "passed"), "passed")
    ideas = (Diagnosis("Forgets", "Which factor does the formula have? Look at the sizes."),)
    return ExerciseResult(
        exercise.id,
        exercise.unit,
        exercise.title,
        worst,
        sum((t.earned for t in tests), Decimal(0)),
        sum((t.possible for t in tests), Decimal(0)),
        tuple(tests),
        ideas if worst == "failed" else (),
    )


NOT_BEGUN: tuple[Outcome, str, str] = ("not_attempted", "", "")
LATER = ("later", "last")


def report(course: Course, isolation: str = "full") -> Report:
    unwritten = dict.fromkeys(ENDS, NOT_BEGUN)
    results = [result(e, unwritten if e.id in LATER else ENDS) for e in course.exercises]
    return Report(
        course=course.title,
        suite="",
        grader="",
        isolation=isolation,  # type: ignore[arg-type]
        student="ada",
        submission="",
        earned=sum((r.earned for r in results), Decimal(0)),
        possible=sum((r.possible for r in results), Decimal(0)),
        exercises=tuple(results),
        notes=("later.py was read as scores.py, by the functions in it.",),
    )


def _report(screen: Screen, root: Path) -> None:
    taught = course(root)
    print_report(screen, report(taught), taught, 1.25)
    print_next(screen, taught, taught.exercise("scores"))


def _titles(screen: Screen, root: Path) -> None:
    taught = course(root, "title")
    print_report(screen, report(taught), taught, 1.25)


def _nothing(screen: Screen, root: Path) -> None:
    taught = course(root, "nothing")
    print_report(screen, report(taught), taught, 1.25)


def _unlocked(screen: Screen, root: Path) -> None:
    taught = course(root, "nothing")
    print_report(screen, report(taught, "none"), taught, 1.25, ("There is no seccomp here.",), True)


def _broken(screen: Screen, root: Path) -> None:
    taught = course(root)
    message = "scores.py, line 2: SyntaxError: '(' was never closed\n    return (1\n           ^"
    scores = taught.exercise("scores")
    assert scores is not None
    print_exercise(
        screen, result(scores, dict.fromkeys(ENDS, ("error", message, ""))), taught.feedback
    )


def _map(screen: Screen, root: Path) -> None:
    taught = course(root)
    for name, text in (
        ("01_a/scores", "def scores(q, k):\n    return q @ k.T\n"),
        ("02_b/done", "def done(x):\n    return x\n"),
    ):
        path = root / "exercises" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    progress = Progress(taught)
    for one in report(taught).exercises:
        found = taught.exercise(one.id)
        assert found is not None
        progress.record(one, progress.text(found))
    print_map(screen, taught, progress)


def _hints(screen: Screen, root: Path) -> None:
    hints = [Hint("goal", "A table (n, m)."), Hint("your answer", "Which factor is missing?")]
    scores = course(root).exercise("scores")
    assert scores is not None
    print_hints(screen, scores, hints, 1)


def _after(screen: Screen, root: Path) -> None:
    taught = course(root)
    scores = taught.exercise("scores")
    assert scores is not None
    print_why(screen, scores, "A row of the table is one sample, so that each is multiplied alike.")
    print_hint_offer(screen, scores)
    print_next(screen, taught, None, finished=True)


def _so_far(screen: Screen, root: Path) -> None:
    """One of two units is right as far as it was tried; nothing is left that could be."""
    done = exercise("done", "Done", ["test_right"])
    half = exercise("half", "What can be tried here?", ["test_right", "test_torch"])
    taught = Course(str(root), "A Course", (Unit("01_a", "A unit", (half, done)),))
    results = [result(each, ENDS) for each in taught.exercises]
    results = [msgspec.structs.replace(r, outcome="passed") for r in results]
    seen = msgspec.structs.replace(report(taught), exercises=tuple(results), notes=())
    print_report(screen, seen, taught, 1.25)
    print_so_far(screen, half, so_far(results[0]))
    progress = Progress(taught)
    for one, each in zip(results, taught.exercises, strict=True):
        path = taught.stub(each)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"def {each.id}(x):\n    return x\n")
        progress.record(one, progress.text(each))
    print_map(screen, taught, progress)


def _proof(screen: Screen, root: Path) -> None:
    fault = Fault(Path("solutions/01_a/scores.py"), 3, "an example is not true", "2.0")
    print_checked(screen, Checked("scores", 12, 1, 0, (), 2))
    print_checked(screen, Checked("later", 1, 2, 3, (fault, fault)))
    print_proof_summary(screen, 2, 2, 1.25)
    print_proof_summary(screen, 1, 0, 1.25)


def _mutants(screen: Screen, root: Path) -> None:
    solution, listing = Path("solutions/01_a/scores.py"), Path("tests/equivalents/01_a/scores.yaml")
    survivors = (
        Mutant("scores", 7, "return q @ k.T", "return k @ q.T", ""),
        Mutant("", 2, "SIZE = 3", "SIZE = 4", ""),
    )
    stale = Fault(listing, 4, "a test notices this change", "no entry for it")
    sound = Mutated("done", 40, 38, 2, 0, solution, listing, (), ())
    weak = Mutated("scores", 9, 6, 0, 1, solution, listing, survivors, (stale,))
    print_mutated(screen, sound)
    print_mutated(screen, weak)
    print_mutation_summary(screen, summarise([sound, weak]), 1.25)
    print_mutation_summary(screen, summarise([sound]), 1.25)


DRAWN: dict[str, Callable[[Screen, Path], None]] = {
    "report": _report,
    "titles": _titles,
    "nothing": _nothing,
    "unlocked": _unlocked,
    "broken": _broken,
    "map": _map,
    "hints": _hints,
    "after": _after,
    "so_far": _so_far,
    "proof": _proof,
    "mutants": _mutants,
}


def drawn(name: str, width: int, plain: bool, root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(root)
    monkeypatch.setattr("grader.study.progress.find_spec", lambda name: None)
    monkeypatch.setattr("grader.cli.screens.screen._speaks_unicode", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    target = io.StringIO()
    console = Console(
        file=target,
        force_terminal=not plain,
        color_system=None if plain else "standard",
        width=width,
        highlight=False,
        emoji=False,
        markup=False,
    )
    DRAWN[name](Screen(plain=plain, console=console), root)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()) + "\n"


@pytest.mark.parametrize("plain", [False, True], ids=["colour", "plain"])
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", DRAWN)
def test_screen(
    name: str, width: int, plain: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = drawn(name, width, plain, tmp_path, monkeypatch)
    path = SCREENS / f"{name}_{width}_{'plain' if plain else 'colour'}.txt"
    if os.environ.get("WXB_SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
    bare = [Text.from_ansi(line).plain for line in text.splitlines()]
    assert max(map(len, bare)) <= min(width, 100)
    assert plain == ("\x1b" not in text)
    if plain:
        assert text.isascii()


def test_what_is_not_begun_does_not_look_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = drawn("report", 80, True, tmp_path, monkeypatch).splitlines()
    (begun,) = (line for line in lines if line.startswith("  NO  scores"))
    (later,) = (line for line in lines if line.startswith("  -   later"))
    assert "not begun" in later
    assert "not begun" not in begun
    assert not any(line.startswith("later ") for line in lines), "no failures are listed for it"


def test_eight_by_eight_is_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(drawn("report", 120, True, tmp_path, monkeypatch).split())
    assert all("".join(line.split()) in text for line in EIGHT.splitlines())


def test_what_others_wrote_does_nothing_on_a_screen() -> None:
    """Not as text, not in a table that is made of it, and colours of our own stay."""
    target = io.StringIO()
    console = SafeConsole(file=target, force_terminal=True, width=60, markup=False)
    bad = "a\x1b[2Jb\u202ec\u200ed\x9be\x07"
    console.print(Text(bad, "bold"))
    console.print(Padding(Text.assemble((bad, "red")), 1))
    screen = Screen(console=console)
    screen.print_line(Text(bad), Text(bad))
    screen.print_indented(Text(bad), 4)
    shown = target.getvalue()
    assert not set(shown) & set("\u202e\u200e\x9b\x07")
    assert "\x1b[2J" not in shown
    assert "\x1b[1m" in shown
