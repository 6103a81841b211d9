"""check() inside a notebook: with a real kernel, and its report as HTML and as lines."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import nbclient
import nbformat
import pytest

from grader import UsageError
from grader.course.outline import Feedback
from grader.notebook import Result, check, warm
from grader.report import model
from grader.report.html import COLOURS
from grader.report.model import Diagnosis, ExerciseResult, Report
from support.files import write
from support.processes import wait_until_gone

COURSE = {
    "course.yaml": """format: 1
title: Tiny
feedback: {hidden: everything}
units:
  - id: 01_a
    title: A
    exercises:
      - {id: sums, title: 'How much is it?', tests: {test_total: 2}}
      - {id: twos, title: 'Twice?', tests: {test_double: 1, test_half: 1}}
""",
    "solutions/01_a/sums.py": '''"""How much is it?

Why it works
------------
Addition is addition.
"""


def total(v):
    """Add.

    Examples:
        >>> total(np.array([1.0, 2.0]))
        3.0
    """
    return float(v.sum())
''',
    "solutions/01_a/twos.py": '''"""Twice?"""


def double(x):
    """Twice.

    Examples:
        >>> double(2)
        4
    """
    return x + x


def half(x):
    """Half.

    Examples:
        >>> half(2)
        1.0
    """
    return x / 2
''',
    "misconceptions/01_a/sums.py": '''class Multiplies:
    """Is <b>that</b> a sum?"""

    def total(v):
        return float(v.prod())
''',
    "misconceptions/01_a/twos.py": "",
    "tests/hidden/01_a/test_sums.py": '''"""Sums."""
import numpy as np
from grader import assert_close


def test_total(student):
    """Components are added."""
    assert_close(student.total(np.array([1.0, 2.0, 4.0])), 7.0)
''',
    "tests/hidden/01_a/test_twos.py": '''"""Twos."""


def test_double(student):
    """Twice two is four."""
    assert student.double(2) == 4


def test_half(student):
    """Half of two is one."""
    assert student.half(2) == 1.0
''',
    "notes/helper.py": "import deeper\n\n\ndef added(v):\n    return deeper.added(v)\n",
    "notes/deeper.py": "def added(v):\n    return float(sum(v))\n",
}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A kernel's name; nothing of the user's Jupyter is read or written."""
    home = tmp_path_factory.mktemp("jupyter")
    spec = home / "data" / "kernels" / "wxb-test" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "test", "language": "python"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(home / "data"))
        for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        yield "wxb-test"


def run(kernel: str, folder: Path, *cells: str) -> list[Any]:
    """The outputs of each cell, run in one kernel."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = nbclient.NotebookClient(
        made,
        timeout=180,
        kernel_name=kernel,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    return [cell.outputs for cell in made.cells]


#: name -> cell; the order in which a student might run them.
CELLS = {
    "start": "%pwd\nimport os\nfrom pathlib import Path\n"
    "from grader.notebook import check, warm\nimport numpy as np",
    "nothing": "check()",
    "wrong": "SIZE = 1.0\ndef start():\n    return SIZE\n\ndef total(v):\n    result = start()\n"
    "    for x in v:\n        result = result * x\n    return float(result)\n\n"
    "result = total(None)",
    "named": "check('sums')",
    "fails": "1 / 0\ndef total(v):\n    return 7.0",
    "still wrong": "check()",
    "raises": "\ndef total(v):\n    return v.nothing",
    "line": "check('sums')",
    "right": "%%time\nfrom helper import added\ndef total(v):\n    return added(v)\n!true",
    "passed": "verdict = check('sums')\nverdict",
    "loop": "import asyncio\nasync def later():\n    asyncio.get_running_loop()\n"
    "    return check('sums')\n(await later()).passed",
    "not begun": "check('twos')",
    "half": "double = lambda x: x + x",
    "half begun": "check('01_a')",
    "gone": "del double",
    "gone is not begun": "check('twos')",
    "typo": "check('sum')",
    "no course": "check(course='/nowhere')",
    "same": "first = warm.grader(); first is warm.grader('..')",
    "changed": "suite = Path('../tests/hidden/01_a/test_sums.py')\n"
    "suite.write_text(suite.read_text().replace('Components are added', 'All are added'))\n"
    "check('sums')",
    "forked": "child = os.fork()\nif not child:\n    os._exit(len(warm._kept))\n"
    "os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])",
    "process": "print(first._pool._bases, warm.grader()._pool._bases[0]._process.pid)",
}


@pytest.fixture(scope="module")
def outputs(kernel: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    course = write(tmp_path_factory.mktemp("course"), COURSE)
    return dict(zip(CELLS, run(kernel, course / "notes", *CELLS.values()), strict=True))


def text(outputs: list[Any]) -> str:
    """The plain text of a cell's result."""
    return str(next(o.data["text/plain"] for o in outputs if "data" in o))


def html(outputs: list[Any]) -> str:
    return str(next(o.data["text/html"] for o in outputs if "data" in o))


def error(outputs: list[Any]) -> str:
    """What is shown of a cell's exception."""
    return "\n".join(next(o.traceback for o in outputs if o.output_type == "error"))


# --- in a real kernel --------------------------------------------------------------------------


def test_nothing_defined_yet_says_what_to_do(outputs: dict[str, Any]) -> None:
    assert error(outputs["nothing"]) == (
        "UsageError: No function of an exercise is defined here yet: write one, run its cell, "
        "and check again. The exercises are sums, twos."
    )


def test_a_wrong_idea_is_named(outputs: dict[str, Any]) -> None:
    told = text(outputs["named"])
    assert told.startswith("NO  sums: How much is it? 0 of 2\n    NO  Components are added. 0 of 2")
    assert "Wrong value: expected 7.0, got 8.0." in told
    assert "Your answers equal those of a known mistake. Is <b>that</b> a sum?" in told
    assert "Taken from In [3]." in told
    page = html(outputs["named"])
    assert "Is &lt;b&gt;that&lt;/b&gt; a sum?" in page
    assert "Components are added." in page


def test_a_definition_below_a_failure_does_not_count(outputs: dict[str, Any]) -> None:
    assert "got 8.0" in text(outputs["still wrong"])
    assert "twos" not in text(outputs["still wrong"])


def test_an_error_names_the_cell_as_jupyter_does(outputs: dict[str, Any]) -> None:
    assert "In [7], line 3: return v.nothing" in text(outputs["line"])


def test_the_last_definition_with_its_helpers_counts(outputs: dict[str, Any]) -> None:
    told = text(outputs["passed"])
    assert told.startswith("ok  sums: How much is it? 2 of 2\n    ok  Components are added.")
    assert "Why it works: Addition is addition." in told
    assert "Taken from In [9]." in told
    assert text(outputs["loop"]) == "True"


def test_not_begun_is_not_wrong(outputs: dict[str, Any]) -> None:
    told = text(outputs["not begun"])
    assert told.startswith("-   twos: Twice? (not begun) 0 of 2")
    assert "Write it in a cell, run the cell, and check again." in told
    half = text(outputs["half begun"])
    assert "ok  sums: How much is it? 2 of 2" in half
    assert "ok  Twice two is four." in half
    assert "-   not begun: Half of two is one." in half
    assert "There is no half in your notebook yet." in half
    assert "(not begun)" in text(outputs["gone is not begun"])


def test_a_typo_is_answered_with_the_nearest_names(outputs: dict[str, Any]) -> None:
    assert error(outputs["typo"]) == (
        "UsageError: There is no exercise sum. Did you mean sums? `grade list` shows them all."
    )
    assert "course.yaml" in error(outputs["no course"])


def test_one_grader_is_kept_until_the_course_changes(outputs: dict[str, Any]) -> None:
    assert text(outputs["same"]) == "True"
    assert "All are added." in text(outputs["changed"])
    closed, _ = outputs["process"][0].text.split()
    assert closed == "[]"
    assert text(outputs["forked"]) == "0"


def test_no_process_is_left_after_a_shutdown(outputs: dict[str, Any]) -> None:
    wait_until_gone(int(outputs["process"][0].text.split()[1]))


def test_no_process_is_left_when_the_kernel_is_killed(kernel: str, tmp_path: Path) -> None:
    course = write(tmp_path, COURSE)
    with pytest.raises(nbclient.exceptions.DeadKernelError):
        run(
            kernel,
            course,
            "import os\nfrom grader.notebook import check, warm\ndef double(x): return 4\n"
            "check()\npid = warm.grader()._pool._bases[0]._process.pid\n"
            "open('pid', 'w').write(str(pid))",
            "os.kill(os.getpid(), 9)",
        )
    wait_until_gone(int((course / "pid").read_text()))


def test_in_a_handout_the_examples_are_tried(kernel: str, tmp_path: Path) -> None:
    from grader import Course
    from grader.authoring.release import release

    release(Course.load(write(tmp_path / "course", COURSE)), tmp_path / "handout")
    _, outputs = run(
        kernel,
        tmp_path / "handout",
        "from grader.notebook import check\ndef double(x): return 5",
        "check()",
    )
    told = text(outputs)
    assert told.startswith("NO  twos: Twice? 0 of 2 examples")
    assert "Wrong value: expected 4, got 5." in told
    assert "There is no half in your notebook yet." in told
    assert "The hidden tests run after you hand in" in told


# --- outside of one ----------------------------------------------------------------------------


def test_outside_ipython_the_error_is_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="this is no notebook: call it in Jupyter"):
        check("sums")
    monkeypatch.setitem(sys.modules, "IPython", None)
    with pytest.raises(UsageError, match="`grade EXERCISE`"):
        check()


def test_a_grader_that_was_begun_early_is_used(tmp_path: Path) -> None:
    course = write(tmp_path, COURSE)
    warm.close()
    try:
        warm.begin()
        warm.begin()
        (base,) = warm._spare
        grader = warm.grader(course)
        assert grader._pool._early is base
        os.utime(course / "solutions/01_a/twos.py", (1, 1))
        assert warm.grader(course / "course.yaml") is not grader
    finally:
        warm.close()
    assert base._process.returncode is not None


# --- the report --------------------------------------------------------------------------------

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


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("style", COLOURS)
def test_colours_can_be_read(style: str, which: int) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for background in ("#ffffff", "#f3f3f3") if which == 0 else ("#000000", "#1f1f1f", "#2b2b2b"):
        light, dark = sorted(map(luminance, (COLOURS[style][which], background)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, background


def test_feedback_decides_what_is_seen() -> None:
    title, nothing = verdict("title"), verdict("nothing")
    for page in (title._repr_html_(), repr(title)):
        assert "forbidden" in page
        assert "Your answers equal" not in page
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
    screen = Screen(plain=True, console=console)
    print_exercise(screen, result.report.exercises[0], result.feedback)
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
