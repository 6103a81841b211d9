"""Proving a course: what `grade check` does for one exercise after another.

The solution earns full marks under several seeds; the stub earns nothing and is not attempted;
each misconception is caught, and recognised as itself and as no other; every accepted variant
earns full marks; every test can fail, and no two fail alike. All of it goes over the same border
as a student's work. And meanwhile none of the exercise's code has opened a file of the course that
its digest does not cover.

Students hold parts of an idea, or have not begun the next function. That a misconception is known
there as well is proved by replay, in the judge.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from grader.course.faults import short_path
from grader.course.outline import Course, Exercise
from grader.course.stubs import is_unfilled, stub
from grader.course.text import first_line, read_draft, read_source
from grader.errors import CourseError, Fault
from grader.grading.engine import Grader
from grader.grading.talk import Idea, Reviewed
from grader.handin.submission import Submission
from grader.report.model import FREE, ExerciseResult, is_lost
from grader.sandbox.wire.protocol import UNUSABLE

__all__ = ["SEEDS", "Checked", "check", "with_idea"]

#: Seeds under which solutions must pass; 0 is the one that marks are given with.
SEEDS = (0, 1, 2)


class Checked(msgspec.Struct, frozen=True):
    """What checking one exercise found; without faults it is proved.

    Args:
        skipped: tests that could not be run here, e.g. without PyTorch: nothing is proved of them.
    """

    exercise: str
    tests: int
    ideas: int
    accepts: int
    faults: tuple[Fault, ...]
    skipped: int = 0


def check(
    course: Course,
    exercises: Iterable[Exercise],
    grader: Grader,
    seeds: tuple[int, ...] = SEEDS,
    step: Callable[[str], None] = lambda what: None,
) -> Iterator[Checked]:
    """Check exercises, as many at once as the grader has judges; results come in their order.

    Args:
        step: hears what is being done, from several threads.

    Raises:
        CourseError: the suites are broken, so that nothing can be checked.
    """

    def one(exercise: Exercise) -> Checked:
        return _Proof(course, exercise, grader, step).check(seeds)

    grader.start()
    yield from grader.in_parallel(partial(one, exercise) for exercise in exercises)


#: A solution, one of whose functions returns an object that takes whatever it is given.
_OWN_OBJECT = """{0}


class _Own:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **kwargs):
        return self

    __getitem__ = __call__


def {1}(*args, **kwargs):
    return _Own()
"""


class _Proof:
    """What is proved of one exercise: its faults, and the tests that each wrong answer loses."""

    def __init__(
        self, course: Course, exercise: Exercise, grader: Grader, step: Callable[[str], None]
    ) -> None:
        self._course, self._exercise, self._grader = course, exercise, grader
        self._root = Path(course.root)
        self._step = step
        self._faults: list[Fault] = []
        self._lost: dict[str, set[str]] = {}
        self._whole: dict[str, set[str]] = {}  # recognised over the border
        self._skipped: set[str] = set()
        self._solutions = _solutions(course)

    def check(self, seeds: tuple[int, ...]) -> Checked:
        """Everything that is proved about one exercise."""
        self._step(f"{self._exercise.id}: reading")
        read = self._grader.review(self._exercise.id)
        self._faults += read.faults
        accepts = sorted(self._course.accepts(self._exercise).glob("*.py"))
        try:
            self._prove(read, accepts, seeds)
            audited = self._grader.audited(self._exercise.id)
            self._faults += [fault for fault in audited if fault not in self._faults]
        except CourseError as error:  # a file that a wrong answer needs; reading has found it
            self._faults += [fault for fault in error.faults if fault not in self._faults]
        return Checked(
            self._exercise.id,
            len(self._exercise.tests),
            len(read.ideas),
            len(accepts),
            tuple(self._faults),
            len(self._skipped),
        )

    def _prove(self, read: Reviewed, accepts: list[Path], seeds: tuple[int, ...]) -> None:
        sound = self._prove_solution(seeds)
        self._prove_stub()
        for path in accepts:
            self._prove_accepted(path, seeds)
        if sound and read.functions:
            for idea in read.ideas:
                self._prove_idea(idea)
            self._prove_situations(read)
            self._try_blanks(read)
            self._compare_tests()

    def _grade(self, text: str, seed: int = 0) -> ExerciseResult:
        sources = {f"{name}.py": source for name, source in self._solutions.items()}
        sources[f"{self._exercise.id}.py"] = text
        report = self._grader.grade(
            Submission.from_sources(sources, "check"), [self._exercise.id], seed=seed
        )
        return report.exercises[0]

    def _add(self, path: Path, line: int, what: str, expected: str = "") -> None:
        self._faults.append(Fault(short_path(path, self._root), line, what, expected))

    def _line_of(self, test: str) -> int:
        """The line of a test in the suite."""
        tree = ast.parse(read_source(self._course.suite(self._exercise), self._root))
        found = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == test)
        return next((node.lineno for node in found), 0)

    # --- what must earn full marks ---------------------------------------------------

    def _prove_solution(self, seeds: tuple[int, ...]) -> bool:
        path = self._course.solution(self._exercise)
        return self._earns_full_marks(path, read_source(path, self._root), seeds)

    def _prove_accepted(self, path: Path, seeds: tuple[int, ...]) -> None:
        self._earns_full_marks(path, read_source(path, self._root), seeds)

    def _earns_full_marks(self, path: Path, text: str, seeds: tuple[int, ...]) -> bool:
        for seed in seeds:
            self._step(f"{self._exercise.id}: {path.name}, seed {seed}")
            result = self._grade(text, seed)
            self._skipped |= {test.id for test in result.tests if test.outcome == "skipped"}
            for test in result.tests:
                if is_lost(test.outcome):
                    message = test.message.splitlines()[0] if test.message else ""
                    suite = self._course.suite(self._exercise).relative_to(self._root)
                    where = f"{suite.as_posix()}:{self._line_of(test.id)}"
                    what = f"{test.id} ends as {test.outcome} with seed {seed} ({where}): {message}"
                    self._add(path, 0, what.rstrip(": ."), "full marks")
                    return False
                if test.outcome == "grader_fault":
                    message = test.message.splitlines()[0]
                    suite = self._course.suite(self._exercise)
                    what = f"{test.id} with seed {seed}: {message}"
                    self._add(suite, self._line_of(test.id), what)
                    return False
        return True

    # --- what must earn nothing, or be recognised -------------------------------------------------

    def _prove_stub(self) -> None:
        path = self._course.stub(self._exercise)
        if not path.is_file():
            self._add(path, 0, "there is no stub", "one (`grade sync` writes it)")
            return
        self._step(f"{self._exercise.id}: stub")
        text = read_draft(path)
        if is_unfilled(text) and text != stub(self._solutions[self._exercise.id]):
            expected = "the solution's signatures and docstrings (`grade sync` writes them)"
            self._add(path, 0, "the stub differs from its solution", expected)
        for test in self._grade(text).tests:
            if test.outcome != "not_attempted" and test.outcome not in FREE:
                what = f"{test.id} ends as {test.outcome} on the stub"
                self._add(path, 0, what, "every test not_attempted")

    def _prove_idea(self, idea: Idea) -> None:
        self._step(f"{self._exercise.id}: {idea.name}")
        path = self._course.misconceptions(self._exercise)
        ideas = read_source(path, self._root)
        text = with_idea(self._solutions[self._exercise.id], ideas, idea.name)
        result = self._grade(text)
        lost = self._lost[idea.name] = _lost(result)
        named = [d.misconception for d in result.diagnoses]
        skipped = any(t.outcome == "skipped" for t in result.tests)
        if not lost and not skipped:
            self._add(path, idea.line, f"{idea.name} passes every test", "a test that catches it")
        elif lost and named != [idea.name]:
            others = [name for name in named if name != idea.name]
            if skipped and not others:
                return  # what tells it from another idea may be in a test that was not run
            outcomes = sorted({t.outcome for t in result.tests if t.id in lost})
            how = f"taken for {', '.join(others)}" if others else "not recognised"
            what = f"{idea.name} is caught ({', '.join(outcomes)}) but {how}"
            self._add(path, idea.line, what, "an input on which it answers as no other does")
        elif not skipped:
            self._whole[idea.name] = lost

    def _prove_situations(self, read: Reviewed) -> None:
        """Ideas that are recognised as a whole are so in part, and beside other work."""
        self._step(f"{self._exercise.id}: in part, and beside other work")
        path = self._course.misconceptions(self._exercise)
        lost = {name: tuple(sorted(tests)) for name, tests in self._whole.items()}
        named = self._grader.rehearse(self._exercise.id, lost).named
        lines = {idea.name: idea.line for idea in read.ideas}
        for idea, situations in named.items():
            for told, names in situations.items():
                others = [name for name in names if name != idea]
                how = f"taken for {', '.join(others)}" if others else "not recognised"
                if names != (idea,):
                    expected = "an input on which it answers as no other does"
                    self._add(path, lines[idea], f"{idea}, {told}, is {how}", expected)

    def _try_blanks(self, read: Reviewed) -> None:
        """One function at a time that answers nothing: which tests notice?"""
        for function in read.functions:
            self._step(f"{self._exercise.id}: {function} left blank")
            text = self._solutions[self._exercise.id]
            blank = f"{text}\n\ndef {function}(*args, **kwargs):\n    return None\n"
            self._lost[f"{function} blank"] = _lost(self._grade(blank))
            self._hand_nothing(function)

    def _hand_nothing(self, function: str) -> None:
        """A function that returns an object of its own: no test may hand it anything."""
        path = self._course.suite(self._exercise)
        for test in self._grade(
            _OWN_OBJECT.format(self._solutions[self._exercise.id], function)
        ).tests:
            if UNUSABLE in test.message:
                what = f"{test.id} hands something to what {function} returned"
                hint = "assert_close on the answer, or student.keep where an object is asked for"
                self._add(path, self._line_of(test.id), what, hint)

    def _compare_tests(self) -> None:
        """Each test must be able to fail, and differently from every other."""
        path = self._course.suite(self._exercise)
        patterns: dict[frozenset[str], str] = {}
        for test in (test for test in self._exercise.tests if test not in self._skipped):
            pattern = frozenset(name for name, lost in self._lost.items() if test in lost)
            if not pattern:
                what = f"no wrong answer fails {test}"
                self._add(path, self._line_of(test), what, "a test that can fail")
            elif pattern in patterns:
                what = f"{test} fails exactly where {patterns[pattern]} does"
                hint = "a wrong answer that tells them apart, or one test"
                self._add(path, self._line_of(test), what, hint)
            else:
                patterns[pattern] = test


def _lost(result: ExerciseResult) -> set[str]:
    """The tests that cost points."""
    return {test.id for test in result.tests if is_lost(test.outcome)}


def _solutions(course: Course) -> dict[str, str]:
    """The solutions that can be read, by exercise; of others the check of their own tells."""
    found: dict[str, str] = {}
    for exercise in course.exercises:
        with suppress(CourseError):
            found[exercise.id] = read_source(course.solution(exercise), course.root)
    return found


def with_idea(solution: str, misconceptions: str, name: str) -> str:
    """The text of a submission that holds one wrong idea: the solution, partly replaced.

    Like a student's file it has nothing of the other ideas, and functions where an idea's class has
    them.
    """
    body = ast.parse(misconceptions).body
    classes = {node.name: node for node in body if isinstance(node, ast.ClassDef)}
    others = [node for node in body if not isinstance(node, ast.ClassDef)]
    idea = classes[name]
    kept = _used_by([*others, idea], classes)
    lines = misconceptions.splitlines(keepends=True)
    parts = [
        _text_of(node, lines)
        for node in body
        if not isinstance(node, ast.ClassDef) or node.name in kept
        if not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
    ]
    return "\n\n".join([solution, *parts, *(_text_of(n, lines) for n in idea.body if _is_part(n))])


def _is_part(node: ast.stmt) -> bool:
    """Whether a statement of an idea's class gives a name to something of the module."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        return not any(name.startswith("__") for name in names)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _text_of(node: ast.stmt, lines: list[str]) -> str:
    """A statement's own lines, at the left margin; what a class makes static is so anyway there."""
    found = lines[first_line(node) - 1 : node.end_lineno]
    indent = " " * node.col_offset
    told = "".join(line.removeprefix(indent) for line in found)
    return told.replace("@staticmethod\n", "") if indent else told


def _used_by(statements: Iterable[ast.stmt], classes: dict[str, ast.ClassDef]) -> set[str]:
    """The classes of a file that these statements need, directly or not."""
    kept: set[str] = set()
    waiting = list(statements)
    while waiting:
        nodes = ast.walk(waiting.pop())
        words = {node.id for node in nodes if isinstance(node, ast.Name)} & classes.keys() - kept
        kept |= words
        waiting += [classes[word] for word in words]
    return kept
