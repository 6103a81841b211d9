"""A course's hidden suites inside one pytest session: collected once, run any number of times.

`hold` runs a callback in place of pytest's own test loop. The callback gets a `Suite` and may run
any of its tests for any number of students; pytest never writes a report of its own.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from _pytest.assertion import util as rewriting
from _pytest.runner import runtestprotocol

from grader.course.faults import broken
from grader.course.outline import Course, Exercise
from grader.course.text import read_draft
from grader.errors import CourseError, Fault, GraderFault
from grader.judge import fixtures
from grader.judge.comparing.libraries import Comparison, compared
from grader.judge.items import PROVIDER, exercise_of, read_only_parameters, seed_of
from grader.judge.remains import remains
from grader.judge.transcript import Transcript
from grader.sandbox.proxy import Student
from grader.sandbox.seeds import seed_generators

__all__ = ["Ending", "Suite", "hold", "title_of"]

_DEFINED = re.compile(r"^\s*(?:async\s+def|def|class)\s+([^\W_]\w*)", re.MULTILINE)

_OPTIONS = (
    "--import-mode=importlib",
    "--capture=no",
    "--strict-markers",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:terminal",
    "-p",
    "no:logging",
    "-p",
    "no:warnings",
    "-p",
    "no:faulthandler",
    "-p",
    "no:unraisableexception",
    "-p",
    "no:threadexception",
    "-p",
    "no:junitxml",
    "-o",
    "addopts=",
    "-o",
    "tmp_path_retention_policy=failed",
)


class Ending(msgspec.Struct, frozen=True):
    """How one run of one test item ended.

    Args:
        phase: "setup", "call" or "teardown": the first phase that raised, else "call".
        error: what was raised, or None.
        found: the comparisons of plain asserts that failed.
    """

    phase: str
    error: BaseException | None
    found: tuple[Comparison, ...] = ()


class Suite:
    """The collected tests of some exercises.

    Args:
        course: the course they belong to.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.variation = 0
        self._items: dict[tuple[str, str], list[pytest.Item]] = {}
        self._transcript: Transcript | None = None
        self._phases: dict[str, BaseException | None] = {}
        self._found: list[Comparison] = []
        self._direct: dict[pytest.Item, tuple[str, ...]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._remains: dict[ModuleType, list[object]] = {}
        self._changed: set[ModuleType] = set()
        self._seeds: dict[tuple[pytest.Item, int], int] = {}

    def add(self, items: list[pytest.Item]) -> None:
        """Take over what pytest collected, by exercise and test function."""
        for item in items:
            exercise = exercise_of(item.path)
            name = getattr(item, "originalname", None) or item.name
            read_only_parameters(item)
            module = _module(item)
            if module not in self._remains:
                self._remains[module] = remains(module)
            names = fixtures.direct_arguments(item)
            if names is not None:
                self._direct[item] = names
            self._items.setdefault((exercise, name), []).append(item)

    def faults(self, exercises: list[Exercise]) -> Iterator[Fault]:
        """Tests that have points and do not exist, and the other way round."""
        for exercise in exercises:
            path = self.course.suite(exercise).relative_to(self.course.root)
            there = {test for owner, test in self._items if owner == exercise.id}
            for test in exercise.tests:
                if test not in there:
                    yield Fault(
                        path, 0, f"there is no {test}", "it, as course.yaml gives it points"
                    )
            for test in sorted(there - exercise.tests.keys()):
                yield Fault(path, 0, f"{test} has no points", "some in course.yaml")

    def items(self, exercise: str, test: str) -> list[pytest.Item]:
        """The runs of one test function: one for each set of parameters."""
        return self._items[exercise, test]

    def title(self, exercise: str, test: str) -> str:
        """The first sentence of a test's docstring, or its name in words."""
        return title_of(self.items(exercise, test)[0])

    def is_of_answers(self, item: pytest.Item) -> bool:
        """Whether an item takes our fixtures alone, and no test has changed what its suite holds.

        With fixtures of its own, or after such a change, it may depend on more.
        """
        return item in self._direct and _module(item) not in self._changed

    def run(self, item: pytest.Item, transcript: Transcript) -> Ending:
        """Run one item for one student; what it asks is written into the transcript."""
        self._transcript = transcript
        transcript.asked_for = self._asked_for(exercise_of(item.path))
        self._phases, self._found = {}, []
        seed_generators(self.seed(item))
        # pytest sets this up around its own protocol, which writes reports that nobody reads.
        rewriting._reprcompare = self._compared
        try:
            if item in self._direct:
                self._phases["call"] = self._call(item, self._direct[item])
            else:
                runtestprotocol(item, log=False, nextitem=None)
        except (KeyboardInterrupt, pytest.exit.Exception) as ending:  # pytest lets these through
            self._phases["call"] = ending
        finally:
            rewriting._reprcompare = None
            self._transcript = None
            self._look(_module(item))
        for phase, error in self._phases.items():
            if error is not None:
                return Ending(phase, error, tuple(self._found))
        return Ending("call", None)

    def _look(self, module: ModuleType) -> None:
        """Whether a test has left something in its suite: then the next ones may depend on it."""
        if module not in self._changed and remains(module) != self._remains[module]:
            self._changed.add(module)

    def _asked_for(self, exercise: str) -> frozenset[str]:
        """Names of the functions, classes and methods that an exercise's solution defines."""
        if exercise not in self._names:
            found = self.course.exercise(exercise)
            text = ""
            with suppress(OSError):
                text = read_draft(self.course.solution(found)) if found is not None else ""
            self._names[exercise] = frozenset(_DEFINED.findall(text))
        return self._names[exercise]

    def _call(self, item: Any, names: tuple[str, ...]) -> BaseException | None:
        """Run an item that needs nothing but our fixtures and its parameters; what it raised.

        pytest's protocol around such a test, set-up and reports, costs more than most tests.
        """
        try:
            values = getattr(getattr(item, "callspec", None), "params", {})
            arguments = {
                name: values[name] if name in values else fixtures.value_of(name, self, item)
                for name in names
            }
            item.obj(**arguments)
        except BaseException as error:  # also one that is meant to end pytest: it ends this test
            return error
        return None

    def _compared(self, op: str, left: object, right: object) -> None:
        """Keep what a comparison in a failed assert came to; the words stay pytest's."""
        answers = self._transcript.answers if self._transcript is not None else []
        self._found.append(compared(op, left, right, answers))

    # --- what the fixtures ask for (fixtures.Provider) -----------------------------------------

    def student(self, item: pytest.Item) -> Student:
        if self._transcript is None:
            raise GraderFault("a fixture asked for the student outside a test")
        return self._transcript.student

    def seed(self, item: pytest.Item) -> int:
        """Seed of one item: of course, test and variation, never of the student."""
        found = self._seeds.get((item, self.variation))
        if found is None:
            if len(self._seeds) >= _MOST_SEEDS:
                self._seeds.clear()
            name = f"{exercise_of(item.path)}::{item.name}"
            found = seed_of(self.course.title, name, self.variation)
            self._seeds[item, self.variation] = found
        return found

    def close(self) -> None:
        """Nothing here outlives a test."""

    # --- hooks ---------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        """Keep the exception, skip pytest's own report: rendering a traceback costs ten tests."""
        error = call.excinfo.value if call.excinfo is not None else None
        self._phases[call.when] = error
        outcome: Any = "passed" if error is None else "failed"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)  # type: ignore[arg-type]


def _module(item: pytest.Item) -> ModuleType:
    module: ModuleType = item.getparent(pytest.Module).obj  # type: ignore[union-attr]
    return module


def title_of(item: pytest.Item) -> str:
    doc = " ".join((getattr(getattr(item, "function", None), "__doc__", None) or "").split())
    if doc:
        return doc
    name = getattr(item, "originalname", None) or item.name
    return str(name).removeprefix("test_").replace("_", " ").capitalize() + "."


#: Seeds that are remembered: those of all tests of a course, in a few variations.
_MOST_SEEDS = 10_000
_IMPORTABLE = "a file of the course that can be imported"


class _Holder:
    """The plugin that puts a callback in the place of pytest's loop."""

    def __init__(
        self, suite: Suite, exercises: list[Exercise], use: Callable[[Suite], None]
    ) -> None:
        self._suite = suite
        self._exercises = exercises
        self._use = use
        self.faults: list[Fault] = []
        self.error: BaseException | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[PROVIDER] = self._suite

    @pytest.hookimpl(tryfirst=True)
    def pytest_exception_interact(self, node: Any, call: pytest.CallInfo[Any], report: Any) -> None:
        if isinstance(report, pytest.CollectReport) and call.excinfo is not None:
            error, root = _first_cause(call.excinfo.value), self._suite.course.root
            self.faults.append(broken(Path(node.path), root, error, _IMPORTABLE))

    @pytest.hookimpl(tryfirst=True)
    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self._ended(excinfo.value)

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self._ended(excinfo.value)

    def _ended(self, error: BaseException) -> None:
        """A suite that would end the process while it is imported: `sys.exit`, an interrupt."""
        course = self._suite.course
        files = {str(course.suite(exercise)) for exercise in self._exercises}
        met = [f.filename for f in traceback.extract_tb(error.__traceback__) if f.filename in files]
        if met and not self.faults:
            self.faults.append(broken(Path(met[-1]), course.root, error, _IMPORTABLE))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._suite.add(session.items)
        if not self.faults:
            self.faults = list(self._suite.faults(self._exercises))
        if not self.faults:
            try:
                self._use(self._suite)
            except BaseException as error:
                self.error = error
        return True


def _first_cause(error: BaseException) -> BaseException:
    """What went wrong in the file: pytest wraps what an import raised."""
    while error.__cause__ is not None and not isinstance(error, SyntaxError):
        error = error.__cause__
    return error


def _basetemp() -> Path | None:
    """A judge's own place for `tmp_path`, made when a test asks for it; None where none can be.

    By default pytest clears what all runs of this user have left, in the middle of another judge's
    tests, too.
    """
    try:
        return Path(tempfile.gettempdir()) / f"wxb-suites-{secrets.token_hex(8)}"
    except OSError:  # no room on any disk, which most suites do not need
        return None


def hold(course: Course, exercises: list[Exercise], use: Callable[[Suite], None]) -> None:
    """Collect the suites of `exercises` and call `use` with them.

    Raises:
        CourseError: a suite cannot be imported, or does not hold the tests that have points.
    """
    missing = [e for e in exercises if not course.suite(e).is_file()]
    if missing:
        root = Path(course.root)
        raise CourseError(
            [Fault(course.suite(e).relative_to(root), 0, "there is no such suite") for e in missing]
        )
    suite = Suite(course)
    holder = _Holder(suite, exercises, use)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    paths = [str(course.suite(exercise)) for exercise in exercises]
    hidden = str(Path(course.root) / "tests" / "hidden")
    where = ["-c", os.devnull, f"--rootdir={course.root}", f"--confcutdir={hidden}"]
    basetemp = _basetemp()
    options = [*_OPTIONS, *([f"--basetemp={basetemp}"] if basetemp else []), *where]
    try:
        status = pytest.main([*options, *paths], plugins=[fixtures, suite, holder])
    finally:
        if basetemp:
            shutil.rmtree(basetemp, ignore_errors=True)
    if holder.error is not None:
        raise holder.error
    if holder.faults:
        raise CourseError(holder.faults)
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise GraderFault(f"pytest ended with {status!r} while collecting {hidden}")
