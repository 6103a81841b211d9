"""How processes end: nobody outlives the caller, and a part that dies is noticed and replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from grader import Course, Grader, Submission
from support import needs
from support.places import SUBMISSIONS
from support.processes import below, parents, wait_until_gone

pytestmark = needs.linux

COURSE = SUBMISSIONS / "course"
HONEST = (COURSE / "solutions" / "01_targets" / "work.py").read_text()
LOOP = "def length(v):\n    while True: pass\n"

#: A caller of its own, to be killed: it grades once, says so, and grades once more.
CALLER = f"""
import sys
from grader import Course, Grader, Submission
from grader.sandbox.processes.caller import Base
grader = Grader(Course.load({str(COURSE)!r}), torch=False)
grader.grade(Submission.from_sources({{"work.py": {HONEST!r}}}))
print("ready", flush=True)
grader.grade(Submission.from_sources({{"work.py": {LOOP!r}}}))
sys.stdin.read()
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_caller_that_is_killed_takes_everything_with_it(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CALLER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as caller:
        assert caller.stdout is not None
        assert caller.stdout.readline() == b"ready\n"
        started = below(caller.pid)
        assert len(started) >= 3, "base, zygote and judge"
        caller.send_signal(number)
        wait_until_gone(*started)


@pytest.fixture
def grader() -> Iterator[Grader]:
    with Grader(Course.load(COURSE), torch=False) as grader:
        yield grader


def passed(grader: Grader) -> int:
    report = grader.grade(Submission.from_sources({"work.py": HONEST}))
    return sum(test.outcome == "passed" for test in report.exercises[0].tests)


def test_closing_leaves_nobody(grader: Grader) -> None:
    before = below(os.getpid()).keys()
    assert passed(grader) == 4
    started = below(os.getpid()).keys() - before
    assert len(started) >= 2, "zygote and judge"
    grader.close()
    grader.close()
    wait_until_gone(*started)


@pytest.mark.parametrize("which", ["base", "zygote", "judge"])
def test_a_part_that_dies_costs_nobody_a_mark(grader: Grader, which: str) -> None:
    """The submission in hand is judged once more, and what is left of the parts goes."""
    before = below(os.getpid()).keys()
    assert passed(grader) == 4
    base = _base_of(grader)
    zygote, judge = sorted(pid for pid, parent in parents().items() if parent == base)
    started = (below(os.getpid()).keys() - before) | {base}
    os.kill({"base": base, "zygote": zygote, "judge": judge}[which], signal.SIGKILL)
    assert [passed(grader) for _ in range(3)] == [4, 4, 4]
    wait_until_gone(*({judge} if which == "judge" else started))


def _base_of(grader: Grader) -> int:
    (base,) = grader._pool._bases
    return base._process.pid
