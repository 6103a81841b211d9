"""A student's `check()` has room under a hub's limit of 1 GiB, and so has what goes wrong in it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.bounded import group
from benchmarks.kernel import MIB, NO_TORCH, Hub, hub, taken
from grader import Course
from grader.authoring.release import release
from support import needs
from support.places import ROOT

pytestmark = [pytest.mark.long, needs.lock]

LIMIT = 1024 * MIB
RIGHT = (ROOT / "solutions" / "01_vectors" / "magnitude.py").read_text("utf-8")
GREEDY = "def magnitude(v):\n    return float(np.ones(120_000_000)[0])\n"  # 915 MiB
CHECK = "r = check('magnitude')\nprint(*[t.outcome for e in r.report.exercises for t in e.tests])"
NOT_TRIED = pytest.param(NO_TORCH, id="without-torch")


@pytest.fixture(scope="module")
def handout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("hub") / "handout"
    release(Course.load(ROOT), out)
    return out


@pytest.mark.parametrize("before", [pytest.param("", marks=needs.torch, id="torch"), NOT_TRIED])
def test_it_fits(handout: Path, before: str) -> None:
    with ExitStack() as stack:
        inside = stack.enter_context(group(LIMIT))
        if inside is None:
            pytest.skip("no control group can be made here")
        started = stack.enter_context(hub(handout, inside))
        started.run(before)
        started.run("import numpy as np\nfrom grader.notebook import check")
        right(started)
        assert inside.killed() == 0
        assert len(inside.pids()) >= 5  # server, kernel, base, zygote, judge: all of it is in there
        assert sum(taken(started.pids())) < 700
        # A function that wants more than there is costs itself alone.
        started.run(f"kept = 17\n{GREEDY}")
        outcome = started.run(CHECK).split()[0]
        assert outcome in ("memory", "crashed", "timeout")  # on a busy machine time is up first
        right(started)
        assert started.run("print(kept)").split() == ["17"]  # the kernel lives, with what is in it


def right(started: Hub) -> None:
    started.run(RIGHT)
    outcomes = started.run(CHECK).split()
    assert set(outcomes) <= {"passed", "skipped"}
    assert outcomes.count("passed") >= 2
