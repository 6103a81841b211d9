"""Whatever is hidden is found in a folder, archives and new formatting included."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

from grader import Course
from grader.authoring.leaks import leaks


def test_nothing_hidden_is_in_it(own_course: Course, handout: Path) -> None:
    assert leaks(own_course, handout) == []


def test_every_kind_of_leak_is_found(own_course: Course, handout: Path, tmp_path: Path) -> None:
    exercise = next(iter(own_course.exercises))
    planted = {
        "solution.txt": own_course.solution(exercise),
        "suite.md": own_course.suite(exercise),
        "ideas.py": own_course.misconceptions(exercise),
    }
    for name, source in planted.items():
        (tmp_path / name).write_text(source.read_text("utf-8"), "utf-8")
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.write(source, "deep/down.py")
        with tarfile.open(tmp_path / f"{name}.tar.gz", "w:gz") as tar:
            tar.add(tmp_path / f"{name}.zip", "inner.zip")
    (tmp_path / "reformatted.py").write_text(
        own_course.solution(exercise).read_text("utf-8").replace("    ", "\t").replace("(", "( "),
        "utf-8",
    )
    found = {str(fault.path).partition("/")[0] for fault in leaks(own_course, tmp_path)}
    assert found == {path.name for path in tmp_path.iterdir()}


def test_a_leak_is_told_with_its_line(own_course: Course, tmp_path: Path) -> None:
    exercise = next(e for e in own_course.exercises if e.id == "magnitude")
    hint = own_course.misconceptions(exercise).read_text("utf-8").split('"""')[3]
    (tmp_path / "notes.md").write_text(f"one\ntwo\n{hint}\n", "utf-8")
    (fault,) = leaks(own_course, tmp_path)
    assert str(fault.path) == "notes.md"
    assert fault.line in (3, 4, 5)
    assert "a wrong idea about magnitude" in fault.what
