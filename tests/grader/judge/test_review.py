"""A judge reads an exercise for its author; its workers are real processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import Course
from grader.grading import talk
from support.judging import JudgeOf, answer


def test_review_reads_an_exercise(course_dir: Path, judge_of: JudgeOf) -> None:
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    talk.send(peer, talk.Review("sums"))
    read = answer(peer, talk.Reviewed)
    assert read.functions == ("total", "scaled")
    assert [idea.name for idea in read.ideas] == ["TakesTheMean", "ScalesInPlace"]
    assert read.faults == ()


EXAMPLES = {
    "a wrong value": ("        3.0\n", "        4.0\n", "Wrong value"),
    "an exception": (">>> total(np.array([1.0, 2.0]))", ">>> total(None.x)", "AttributeError"),
    "an exception that was promised": (
        "        3.0\n",
        "        Traceback (most recent call last):\n        ValueError: no\n",
        "nothing was raised",
    ),
    "a print": (
        "        >>> total(np.array([1.0, 2.0]))\n        3.0\n",
        "        >>> print(7)\n        8\n",
        "it prints '7'",
    ),
    "an answer that is no value": ("        3.0\n", "        <three>\n", "it gives 3.0"),
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_review_tries_the_examples(kind: str, course_dir: Path, judge_of: JudgeOf) -> None:
    old, new, told = EXAMPLES[kind]
    path = course_dir / "solutions" / "01_a" / "sums.py"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    talk.send(peer, talk.Review("sums"))
    faults = answer(peer, talk.Reviewed).faults
    assert len(faults) == 1
    assert told in faults[0].what


def test_review_of_files_that_do_not_run(course_dir: Path, judge_of: JudgeOf) -> None:
    (course_dir / "misconceptions" / "01_a" / "sums.py").write_text("1 / 0\n", "utf-8")
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    talk.send(peer, talk.Review("sums"))
    fault = answer(peer, talk.Reviewed).faults[0]
    assert (fault.path, fault.line) == (Path("misconceptions/01_a/sums.py"), 1)
    assert "ZeroDivisionError" in fault.what


def test_review_finds_a_suite_that_looks_at_the_clock(course_dir: Path, judge_of: JudgeOf) -> None:
    path = course_dir / "tests" / "hidden" / "01_a" / "test_sums.py"
    text = path.read_text("utf-8")
    (path.parent / "conftest.py").write_text("from time import sleep\nwait = sleep\n")
    path.write_text(f"import time\n{text}\n\nBEGAN = time.monotonic()\n", "utf-8")
    line = len(path.read_text("utf-8").splitlines())
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    talk.send(peer, talk.Review("sums"))
    told = [str(fault) for fault in answer(peer, talk.Reviewed).faults]
    assert len(told) == 2
    assert told[0].startswith("tests/hidden/01_a/conftest.py:2: looks at the clock (time.sleep)")
    assert told[1].startswith(f"tests/hidden/01_a/test_sums.py:{line}: looks at the clock")
