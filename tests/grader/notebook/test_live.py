"""check() inside a notebook, with a real kernel, and where there is none."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from grader import UsageError
from grader.notebook import check, warm
from support.files import write
from support.processes import parents, wait_until_gone

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
    "object": "check(total)",
    "no object of it": "check(added)",
    "a value": "check(7)",
    "loop": "import asyncio\nasync def later():\n    asyncio.get_running_loop()\n"
    "    return check('sums')\n(await later()).passed",
    "not begun": "check('twos')",
    "half": "double = lambda x: x + x",
    "half begun": "check('01_a')",
    "by a call": "def by(n): return lambda x: x / n\nhalf = by(2)",
    "by a call, checked": "verdict = check(half)\ndel half\nverdict",
    "grows": "kinds = [2]\ndef half(x):\n    return x / kinds[-1]",
    "fails further down": "kinds.append(2.0)\n1 / 0\nkinds.append(5)",
    "is grown to here": "kinds.append(2)\nverdict = check(half)\nkinds.append(7)\nverdict",
    "not any more": "check(half)",
    "again": "kinds.pop()\nfor k in (1, 2):\n    kinds.append(k)",
    "right again": "verdict = check(half)\ndel half\nverdict",
    "by await": "import asyncio\nby_two = await asyncio.sleep(0, 2)\n"
    "def half(x): return x / by_two",
    "by await, checked": "verdict = check('twos')\ndel half\nverdict",
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


def test_what_was_run_counts_and_nothing_below(outputs: dict[str, Any]) -> None:
    for name in ("is grown to here", "right again"):
        assert text(outputs[name]).startswith("ok  twos: Twice? 2 of 2")
    assert "expected" in text(outputs["not any more"])


def test_what_cannot_be_graded_is_told_with_its_cell(outputs: dict[str, Any]) -> None:
    told = text(outputs["by await, checked"])
    assert "line 2 was left out: `await` outside of a function is not possible" in told
    assert "Note: In [" in told
    assert "so by_two may be missing." in told


def test_a_function_itself_can_be_checked(outputs: dict[str, Any]) -> None:
    assert text(outputs["object"]).startswith("ok  sums: How much is it? 2 of 2")
    assert text(outputs["by a call, checked"]).startswith("ok  twos: Twice? 2 of 2")
    assert error(outputs["no object of it"]) == "UsageError: No exercise asks for added."
    assert error(outputs["a value"]) == (
        "UsageError: check() takes exercises by their names in quotes, or their functions; this "
        "is a value of type int."
    )


def test_not_begun_is_not_wrong(outputs: dict[str, Any]) -> None:
    told = text(outputs["not begun"])
    assert told.startswith("-   twos: Twice? (not begun) 0 of 2")
    assert "Write it in a cell, run the cell, and check again." in told
    assert "right folder" not in told
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
    base = int(outputs["process"][0].text.split()[1])
    assert base not in (0, 1, os.getpid())
    wait_until_gone(base)
    assert base not in parents()


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
