"""A judge in this process: verdicts on tests of one module, with a worker in a thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from _pytest.assertion import util as rewriting

from grader.judge.comparing.libraries import Comparison, compared
from grader.judge.suite import Ending
from grader.judge.transcript import Transcript
from grader.judge.verdict import Verdict, verdict
from grader.sandbox.exchange import Bounds
from grader.sandbox.proxy import Student
from grader.sandbox.session import Session
from support.judged import MODULE, Judge
from support.launchers import ThreadLauncher


@pytest.fixture
def judged() -> Iterator[Judge]:
    """The verdict on a test, which is given the student."""
    transcript = Transcript()
    bounds = Bounds(5.0, 1 << 30, 1000, 60)
    session = Session(ThreadLauncher("work"), bounds, {"work": MODULE}, {}, transcript.handle)
    transcript.session = session

    def judge(test: Callable[[Student], None], phase: str = "call") -> Verdict:
        transcript.begin()
        session.begin("work", 0, 60.0)
        found: list[Comparison] = []

        def keep(op: str, left: object, right: object) -> None:
            found.append(compared(op, left, right, transcript.answers))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rewriting, "_reprcompare", keep)
            try:
                test(transcript.student)
            except BaseException as error:
                return verdict(Ending(phase, error, tuple(found)), transcript, session.stopped)
        return verdict(Ending("call", None), transcript, session.stopped)

    yield judge
    session.close()
