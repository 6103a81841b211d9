"""For every test: hypothesis profiles, valid reports, and nothing left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Generator, Iterator
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from grader.report.model import Report
from support import needs, processes, reports

_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

_USUAL = settings(deadline=None, suppress_health_check=_SLOW)

# A fixed seed where a run decides: a failure is then a change, not luck. `make fuzz` looks further.
settings.register_profile("everyday", _USUAL, derandomize=True)
settings.register_profile("long", _USUAL, derandomize=True, max_examples=1500)
settings.register_profile("fuzz", _USUAL, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


@pytest.fixture(scope="session", autouse=True)
def every_report_follows_the_schema() -> Iterator[None]:
    """Whatever a test grades in this process, its report is checked against the schema."""
    from grader.grading.engine import Grader

    made = Grader._report

    def checked(grader: Grader, *args: Any) -> Report:
        report = made(grader, *args)
        reports.document(report)
        return report

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Grader, "_report", checked)
        yield


@pytest.fixture(scope="session", autouse=True)
def orphans_come_here() -> None:
    """A process that outlives its parent becomes a child of ours, and is then seen."""
    if sys.platform == "linux":
        subreaper = 36  # linux/prctl.h: PR_SET_CHILD_SUBREAPER
        ctypes.CDLL(None).prctl(subreaper, 1, 0, 0, 0)


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """What runs in the background may have Ctrl-C ignored, and all that it starts would too."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_unconfigure() -> Generator[None, None, None]:
    """What tests started, directly or not, ends before the session does."""
    yield
    if sys.platform == "linux":
        processes.wait_until_gone(*processes.below(os.getpid()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip for want of a package of the system is a failure where `needs.STRICT`."""
    return _strict((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same of a module that is skipped whole."""
    return _strict((yield))


Made = TypeVar("Made", pytest.TestReport, pytest.CollectReport)


def _strict(report: Made) -> Made:
    if needs.STRICT and report.skipped and needs.SYSTEM in str(report.longrepr):
        report.outcome = "failed"
    return report


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bases leave PyTorch out: they start in a fraction of the time, for tests that need none."""
    from grader.sandbox.processes.caller import Base

    start = Base.__init__
    monkeypatch.setattr(Base, "__init__", lambda self, torch=True: start(self, torch=False))
