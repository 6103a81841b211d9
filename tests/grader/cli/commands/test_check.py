"""`grade check`: each kind of fault, planted in a copy of a course, is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Grade
from support.files import change

STUB = "exercises/01_a/length.py"
SOLUTION = "solutions/01_a/length.py"
IDEAS = "misconceptions/01_a/length.py"
SUITE = "tests/hidden/01_a/test_length.py"
LOOP = "tests/accepts/01_a/length/loop.py"


def test_a_sound_course_is_proved(grade: Grade) -> None:
    ran = grade("check")
    assert ran.status == 0, ran.out
    assert "2 tests, 2 ideas, 1 variant" in ran.out
    assert "1 exercise proved" in ran.out


PLANTED = {
    "a wrong solution": (
        SOLUTION,
        "(v**2).sum()",
        "(v**3).sum()",
        "test_three_four_five ends as failed",
    ),
    "a stub that answers": (STUB, "raise NotImplementedError", "return 5.0", "on the stub"),
    "a variant that is wrong": (LOOP, "** 0.5", "** 0.25", "loop.py: test_three_four_five ends"),
    "an idea that no test catches": (
        IDEAS,
        "return float(v.sum())",
        "return float((v @ v) ** 0.5)",
        "SumsTheComponents passes every test",
    ),
    "two ideas that answer alike": (
        IDEAS,
        "class AddsTwo:",
        "class Sums:\n    'Another?'\n\n    def length(v):\n        return float(v.sum())\n\n\n"
        "class AddsTwo:",
        "SumsTheComponents is caught (failed) but not recognised",
    ),
    "a hint that is missing": (
        IDEAS,
        '"""Doubling is not adding. What happens to a zero component?"""',
        "pass",
        "AddsTwo has no hint",
    ),
    "a hint that is too long": (IDEAS, "Doubling is", "Doubling " * 30 + "is", "at most 240"),
    "a test that nothing can fail": (
        SUITE,
        "assert_close(student.double(v), v + v)",
        "student.double(v)",
        "tests/hidden/01_a/test_length.py:11: no wrong answer fails test_double; expected a test",
    ),
    "a test without a docstring": (
        SUITE,
        '"""Doubling doubles every component."""',
        "pass",
        "test_double has no docstring",
    ),
    "a suite that reads a file of nobody's": (
        SUITE,
        "assert_close(student.double(v), v + v)",
        "from pathlib import Path\n    (Path(__file__).parents[3] / 'course.yaml').read_text()\n"
        "    assert_close(student.double(v), v + v)",
        "tests/hidden/01_a/test_length.py:15: opens course.yaml, which is none of the files of",
    ),
    "an example that is not true": (
        SOLUTION,
        "        5.0\n",
        "        6.0\n",
        "example of length: Wrong value: expected 6.0, got 5.0 1 fault",
    ),
    "a function without examples": (
        SOLUTION,
        "    Examples:\n        >>> double(np.array([1.0, 2.0]))\n        array([2., 4.])\n",
        "",
        "double has no examples",
    ),
    "no hints": (SOLUTION, "Hints\n-----", "Notes\n-----", "no section Hints"),
    "no word on why it works": (SOLUTION, "Why it works\n----", "Why\n----", "no section Why"),
    "a misconceptions file that does not parse": (
        IDEAS,
        "class AddsTwo:",
        "class AddsTwo",
        "SyntaxError",
    ),
    "a forbidden name that does not exist": (
        "course.yaml",
        "numpy.linalg.norm",
        "numpy.linalg.nrom",
        "course.yaml:11: length: forbidden name numpy.linalg.nrom does not exist; did you",
    ),
    "a forbidden name as code has it": (
        "course.yaml",
        "numpy.linalg.norm",
        "np.linalg.norm",
        "np.linalg.norm does not exist; did you mean numpy.linalg.norm?",
    ),
    "a title to be written": (
        "course.yaml",
        "How long is a vector?",
        "TODO",
        "course.yaml:10: the title of length still says TODO",
    ),
    "an idea about a function that is not there": (
        IDEAS,
        "def double",
        "def doubel",
        "AddsTwo replaces doubel, which the solution does not have; did you mean double?",
    ),
    "a stub of an older solution": (
        STUB,
        "Twice a vector",
        "Two vectors",
        "length.py: the stub differs from its solution; expected the solution's signatures",
    ),
}


@pytest.mark.parametrize("kind", PLANTED, ids=lambda kind: kind.replace(" ", "_"))
def test_a_planted_fault_is_named(kind: str, grade: Grade, course_dir: Path) -> None:
    name, old, new, told = PLANTED[kind]
    change(course_dir / name, old, new)
    if name == SOLUTION:
        grade("sync", "--force")
    ran = grade("check")
    assert ran.status == 2
    assert " ".join(told.split()) in " ".join(ran.out.split())


def test_two_tests_that_fail_alike(grade: Grade, course_dir: Path) -> None:
    text = (course_dir / SUITE).read_text("utf-8")
    twin = text[text.index("def test_double") :].replace("test_double", "test_twice")
    (course_dir / SUITE).write_text(f"{text}\n\n{twin}", "utf-8")
    change(course_dir / "course.yaml", "test_double: 1", "test_double: 1, test_twice: 1")
    assert "test_twice fails exactly where test_double does" in " ".join(grade("check").out.split())


def test_stray_files_are_named(grade: Grade, course_dir: Path) -> None:
    (course_dir / "solutions" / "01_a" / "lenght.py").write_text("", "utf-8")
    ran = grade("check")
    assert ran.status == 2
    assert "lenght" in ran.err


def test_check_mutants_lists_what_no_test_notices(grade: Grade, course_dir: Path) -> None:
    found = grade("check", "--mutants", "--plain")
    assert found.status == 0, found.out
    assert "changes noticed (100.0%) in" in found.out
    suite = course_dir / "tests/hidden/01_a/test_length.py"
    suite.write_text(suite.read_text().replace("student.double(v), v + v", "v, v"), "utf-8")
    found = grade("check", "--mutants", "--plain")
    assert found.status == 2
    assert "solutions/01_a/length.py:38: no test notices this change (in double)" in found.out
    assert "- return 2 * v\n" in found.out.replace("  ", "")
    assert "+ return 2 / v\n" in found.out.replace("  ", "")
    assert "Too few changes are noticed" in found.out


def test_check_goes_on_without_pytorch(
    grade: Grade, course_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Examples and tests that need PyTorch are left out and counted, not faults."""
    from grader.grading import engine
    from grader.sandbox.processes.caller import Base

    solution = course_dir / "solutions/01_a/length.py"
    torch_half = (
        '\n\ndef length_torch(v):\n    """Length.\n\n    Examples:\n        >>> import torch\n'
        '        >>> length_torch(torch.tensor([3.0, 4.0]))\n        tensor(5.)\n    """\n'
        "    return (v * v).sum().sqrt()\n"
    )
    solution.write_text(solution.read_text() + torch_half, "utf-8")
    (variant,) = (course_dir / "tests/accepts/01_a/length").glob("*.py")
    variant.write_text(variant.read_text() + torch_half, "utf-8")
    suite = course_dir / "tests/hidden/01_a/test_length.py"
    suite.write_text(
        suite.read_text() + '\n\ndef test_torch(student, torch):\n    """The same in PyTorch."""\n'
        "    assert_close(student.length_torch(torch.ones(4)), torch.tensor(2.0))\n",
        "utf-8",
    )
    course = course_dir / "course.yaml"
    course.write_text(
        course.read_text().replace("test_double: 1}", "test_double: 1, test_torch: 1}")
    )
    assert grade("sync").status == 0
    monkeypatch.setattr(engine, "Base", lambda: Base(torch=False))
    found = grade("check", "--plain")
    assert found.status == 0, found.out
    assert "3 tests, 2 ideas, 1 variant, 1 not run" in found.out


def test_a_fault_is_one_line_however_long(grade: Grade, course_dir: Path) -> None:
    change(course_dir / IDEAS, "return float(v.sum())", "return float((v @ v) ** 0.5)")
    out = grade("check", "--plain").out
    told = [line for line in out.splitlines() if "passes every test" in line]
    assert len(told) == 1
    assert told[0].endswith("; expected a test that catches it")
    assert len(told[0]) > 80


def test_one_broken_exercise_does_not_hide_another(grade: Grade, course_dir: Path) -> None:
    grade("new", "01_a/area")
    (course_dir / IDEAS).write_text("1 / 0\n", "utf-8")
    ran = grade("check", "--plain")
    assert ran.status == 2
    assert (
        f"{IDEAS}:1: ZeroDivisionError: division by zero; expected code that runs without errors"
        in ran.out
    )
    assert "solutions/01_a/area.py:1: still says TODO" in ran.out
    assert " faults in 2 exercises in " in ran.out.splitlines()[-1]


def test_check_contract_names_inputs_that_were_left_out(grade: Grade, course_dir: Path) -> None:
    assert grade("check", "--contract", "--plain").status == 0, "the docstrings promise nothing"
    entry = "Twice a vector.\n\n    Args:\n        v: shape (n,), integers or floats.\n"
    change(course_dir / SOLUTION, "Twice a vector.\n", entry)
    found = grade("check", "--contract", "--plain")
    assert found.status == 2
    for kind in ("a read-only array", "integers of 8 bits without a sign", "float32"):
        assert f"{SUITE}:11: double never saw {kind} as v; expected what its docstring" in found.out
    assert "never saw float64" not in found.out
    tried = "assert_close(student.double(v), v + v)"
    more = (
        "for u in (np.array([3], np.uint8), np.array([3]), v.astype(np.float32), np.ones(6)[::2]):"
    )
    more += (
        "\n        u.flags.writeable = False\n        assert_close(student.double(u), u + u)\n    "
    )
    change(course_dir / SUITE, tried, more + tried)
    found = grade("check", "--contract", "--plain")
    assert found.status == 0, found.out
    assert "all that docstrings let in" in found.out
