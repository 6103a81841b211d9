"""Whole submissions, and what each must come to: see tests/submissions/README.md.

One grader judges them all, one after another, as it would a class. After each of them an honest
submission must still get full marks from the same processes.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from grader import Course, Grader, Report, Submission
from grader.course.outline import Exercise
from grader.report.model import encode_report
from support import needs
from support.forks import become_ordinary
from support.places import ROOT, SUBMISSIONS
from support.processes import below

pytestmark = needs.linux

#: Exercises that ask for what nobody can know.
SECRETIVE = ("vault", "pairs")
COURSE = Course.load(SUBMISSIONS / "course")
NEEDS_TORCH = {"test_twice", "test_tensor"}
CANARY = re.compile(r"CANARY-[a-z]+-\w{6}")
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
#: What cases call the files that they try to leave behind.
LEFT = "wxb_was_here"


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of tests/submissions, as its case.yaml describes it.

    Args:
        tries: what the submission tries, in a sentence.
        expect: exercise -> outcome of its tests, or test -> outcome, "rest" for those not named.
            Several outcomes in a list are all right. Exercises that are not named are not there.
        needs: "lock" where only the real lock stops it.
        unlocked: what it achieves without the lock: "leaks" or "reaches".
    """

    name: str
    tries: str
    expect: dict[str, Any]
    needs: str = ""
    unlocked: str = ""

    def submission(self, folder: str = "") -> Submission:
        """What is handed in; `first` and `then` are folders of two students."""
        return Submission.from_path(SUBMISSIONS / self.name / folder, f"{self.name}/{folder}")

    def outcomes(self, exercise: Exercise, test: str) -> list[str]:
        """What a test may come to."""
        wanted = self.expect.get(exercise.id, "not_attempted")
        if isinstance(wanted, dict):
            wanted = wanted.get(test, wanted.get("rest"))
        if test in NEEDS_TORCH and not needs.TORCH:
            return ["skipped"]
        return wanted if isinstance(wanted, list) else [wanted]


def load(path: Path) -> Case:
    name = path.parent.relative_to(SUBMISSIONS).as_posix()
    return msgspec.convert({"name": name, **yaml.safe_load(path.read_text("utf-8"))}, Case)


CASES = [load(path) for path in sorted(SUBMISSIONS.glob("*/*/case.yaml"))]
HONEST = Submission.from_path(SUBMISSIONS / "course" / "solutions", "honest")


# --- what must be so after every case --------------------------------------------------------


def check_family(lasting: set[int]) -> None:
    """The same processes as at the start, and at most the worker that waits for the next."""
    until = time.monotonic() + 5
    alive = below(os.getpid())
    while len(alive) > len(lasting) + 1 and time.monotonic() < until:
        time.sleep(0.005)  # an ended worker may still be on its way out
        alive = below(os.getpid())  # the next one may come before it is: only one reading counts
    assert lasting <= alive.keys()
    assert len(alive) <= len(lasting) + 1


def files() -> dict[str, int]:
    """Files of the cases, with the time each was written; names here; marks elsewhere."""
    found = {
        str(path): path.stat().st_mtime_ns for path in SUBMISSIONS.rglob("*") if path.is_file()
    }
    here = (path for path in Path.cwd().iterdir() if not path.name.startswith(".coverage"))
    found |= dict.fromkeys(map(str, here), 0)  # what lines were run, other tests write there, too
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/", os.path.expanduser("~")):
        if os.path.isdir(folder):
            left = [name for name in os.listdir(folder) if name.startswith(LEFT)]
            found |= dict.fromkeys((f"{folder}/{name}" for name in left), 0)
    return found


def check_clean(report: Report) -> None:
    """Nothing leaks from a report, and nothing in it does harm."""
    text = encode_report(report).decode()
    assert not CANARY.findall(text)
    assert len(text) < 200_000
    for exercise in report.exercises:
        for test in exercise.tests:
            assert "Traceback" not in test.message
            assert test.outcome == "error" or "site-packages" not in test.message
            assert len(test.message.splitlines()) <= 20
            assert len(test.message) <= 2_000
            assert not STEERING.findall(test.message + test.printed)
            assert test.outcome != "grader_fault", test.message


def check(case: Case, report: Report) -> None:
    """The verdict is the one that the case expects."""
    for exercise in COURSE.exercises:
        result = next(result for result in report.exercises if result.id == exercise.id)
        for test in result.tests:
            told = f"{case.name}: {test.id} {test.outcome}\n{test.message}\n{test.printed[:2000]}"
            assert test.outcome in case.outcomes(exercise, test.id), told
        if exercise.id in SECRETIVE:
            assert result.earned == 0, case.name


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """One grader for all cases, started with a secret in its environment and an open file."""
    secret = tmp_path_factory.mktemp("secret") / "gradebook"
    secret.write_text("CANARY-gradebook-0a6b91")
    with pytest.MonkeyPatch.context() as patch, secret.open() as file:
        patch.setenv("WXB_SECRET", "CANARY-environment-7d20c4")
        os.set_inheritable(file.fileno(), True)
        with Grader(COURSE, protected=[secret.parent]) as grader:
            grader.grade(HONEST)
            yield grader


@pytest.fixture(scope="module")
def lasting(grader: Grader) -> set[int]:
    """The processes that stay from one submission to the next: base, zygote and judge."""
    return {pid for pid, generation in below(os.getpid()).items() if generation <= 2}


def check_next(grader: Grader) -> None:
    """An honest submission gets full marks."""
    report = grader.grade(HONEST)
    assert report.earned == report.possible, report
    assert report.possible == COURSE.points - (0 if needs.TORCH else len(NEEDS_TORCH))


def judge(case: Case, grader: Grader) -> Report:
    """The report on a case; of two students, on the second."""
    if (SUBMISSIONS / case.name / "first").is_dir():
        check_clean(grader.grade(case.submission("first")))
        return grader.grade(case.submission("then"))
    return grader.grade(case.submission())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_submission(case: Case, grader: Grader, lasting: set[int]) -> None:
    """It gets the verdict it must get, and leaves no trace."""
    if "lock" in case.needs and needs.NO_LOCK:
        pytest.skip(f"it takes the lock to stop this: {needs.NO_LOCK}")
    if "torch" in case.needs and not needs.TORCH:
        pytest.skip("PyTorch is not installed")
    before = files()
    report = judge(case, grader)
    check(case, report)
    check_clean(report)
    check_next(grader)
    check_family(lasting)
    assert files() == before


def test_every_family_is_there() -> None:
    """Each family has its cases, and together they are more than sixty."""
    families = {case.name.partition("/")[0] for case in CASES}
    assert families == {"breaking", "escaping", "finding", "forging", "leaving"}
    assert len(CASES) >= 60
    named = {exercise.id for exercise in COURSE.exercises}
    for case in CASES:
        assert case.expect.keys() <= named, case.name


def test_the_lock_is_what_stops_them() -> None:
    """Without it, cases that say so do reach what they are after: they are no paper tigers."""
    with Grader(COURSE, isolation="none") as grader:
        for case in CASES:
            if not case.unlocked:
                continue
            report = judge(case, grader)
            text = encode_report(report).decode()
            if case.unlocked == "leaks":
                assert CANARY.search(text), case.name
            else:
                reach = next(result for result in report.exercises if result.id == "reach")
                assert reach.outcome in ("failed", "output"), case.name
        check_next(grader)


@needs.lock
def test_fresh_interpreters_are_locked_as_well(grader: Grader, lasting: set[int]) -> None:
    """Where workers are not forked, the same case comes to the same."""
    case = next(case for case in CASES if case.name == "finding/suite_files")
    with Grader(COURSE, start="spawn") as spawning:
        check(case, judge(case, spawning))
        check_next(spawning)
    check_family(lasting)


# --- the same as an ordinary user ------------------------------------------------------------

#: What an ordinary user needs to read: Python, what is installed, and this repository.
NEEDED = [sys.base_prefix, sys.prefix, str(ROOT)]


def become_nobody() -> None:
    """Become an ordinary user; what is root's alone on the way to NEEDED is opened for us."""
    libc = ctypes.CDLL(None, use_errno=True)
    new_namespace, private, bind = 0x20000, 1 << 18 | 1 << 14, 1 << 12 | 1 << 14  # linux/mount.h
    shut = {folder for path in NEEDED for folder in _shut(Path(path))}
    if shut and libc.unshare(new_namespace) == 0:
        libc.mount(None, b"/", None, private, None)
        held = {path: os.open(path, os.O_PATH) for path in NEEDED if _shut(Path(path))}
        for folder in shut:
            libc.mount(b"none", str(folder).encode(), b"tmpfs", 0, b"mode=755")
        for path, fd in held.items():
            os.makedirs(path, exist_ok=True)
            libc.mount(f"/proc/self/fd/{fd}".encode(), path.encode(), None, bind, None)
            os.close(fd)
    become_ordinary()


def _shut(path: Path) -> list[Path]:
    """The first folder on the way to a path that others may not pass."""
    return [folder for folder in (*reversed(path.parents), path) if not folder.stat().st_mode & 1][
        :1
    ]


@pytest.mark.long
@pytest.mark.skipif(os.getuid() != 0, reason="the other tests here run as an ordinary user")
def test_as_an_ordinary_user() -> None:
    """What root is refused, an ordinary user is refused too, and honest work is marked."""

    def run(*call: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "HOME": home}
        return subprocess.run(
            [sys.executable, *call], cwd=home, env=environment, preexec_fn=become_nobody,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    with tempfile.TemporaryDirectory(prefix="wxb-ordinary-") as home:
        os.chmod(home, 0o777)
        try:
            reachable = run("-c", "import grader, hypothesis, numpy, yaml").returncode == 0
        except OSError:
            reachable = False
        if not reachable:
            pytest.skip("an ordinary user cannot read this environment")
        families = "escaping or leaving/files or letterbox or processes or finding/suite_files"
        options = ["-q", "-p", "no:cacheprovider", "--basetemp", f"{home}/temp"]
        done = run("-m", "pytest", __file__, *options, "-k", f"test_submission and ({families})")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= 25
