"""A course, or a part of it, and what installs wxb beside it, for a machine that has neither.

A part is a course of its own with the same title, so that its seeds, and with them its verdicts,
are those of the whole. Versions are pinned to those that run here: what was tried is what runs.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from importlib import metadata
from pathlib import Path

import yaml

from grader.authoring.wheel import write_wheel
from grader.course.digest import decisive_files
from grader.course.outline import Course
from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["copy_part", "pinned", "write_requirements"]

#: An address as one word, for it becomes a line that pip reads.
_ADDRESS = re.compile(r"(?:https?|file)://[!-~]+")
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)")


def copy_part(course: Course, out: Path, exercises: Collection[str]) -> Course:
    """Copy what marks some exercises into a folder, hidden tests and solutions included.

    Args:
        out: a folder that is not there yet.

    Raises:
        UsageError: it is a handout.
    """
    if course.handout:
        raise UsageError(
            f"{course.root} is a handout, without hidden tests: name the whole course with "
            "--course PATH."
        )
    out = out.resolve()
    files = {course.file()}
    for exercise in course.exercises:
        if exercise.id in exercises:
            files |= {*decisive_files(course, exercise), course.stub(exercise)}
            lessons = course.stub(exercise).parent
            files |= {path for path in lessons.rglob("*") if path.suffix not in (".py", ".pyc")}
    for path in sorted(files):
        if path.is_file():
            target = out / path.relative_to(course.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    (out / "course.yaml").write_text(_course_file(course, exercises), "utf-8")
    return Course.load(out)


def _course_file(course: Course, exercises: Collection[str]) -> str:
    """course.yaml with some exercises alone; every value stays the text that it is."""
    content = yaml.load(course.file().read_text("utf-8"), Loader=yaml.BaseLoader)
    content.pop("points", None)  # the sum of all exercises
    for unit in content["units"]:
        unit["exercises"] = [each for each in unit["exercises"] if each["id"] in exercises]
    content["units"] = [unit for unit in content["units"] if unit["exercises"]]
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=96)
    return text


def write_requirements(out: Path, *, torch: bool, index: str = "") -> None:
    """Write `wheels/`, `requirements.txt` and `constraints.txt`, for pip to install from there.

    Args:
        torch: whether PyTorch is among them.
        index: a further package index, e.g. the one with PyTorch's builds for processors.

    Raises:
        UsageError: the index is no address.
    """
    if index and not _ADDRESS.fullmatch(index):
        raise UsageError(f"--index {printable(index)}: expected an address, as in https://…")
    wheel = write_wheel(out / "wheels")
    lines = [f"--extra-index-url {index}"] if index else []
    lines += [f"./wheels/{wheel.name}", *(["torch"] if torch else [])]
    (out / "requirements.txt").write_text("\n".join([*lines, ""]), "utf-8")
    wanted = ["wxb", *(["torch"] if torch else [])]
    versions = {name: version for name, version in pinned(wanted).items() if name != "wxb"}
    text = "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))
    (out / "constraints.txt").write_text(text, "utf-8")


def pinned(names: Collection[str]) -> dict[str, str]:
    """Distributions that are installed here, with all that they need here -> version.

    What is needed elsewhere only (another system, another Python) is not installed here, so it is
    not pinned; pip finds it by itself.
    """
    found: dict[str, str] = {}
    todo = list(names)
    while todo:
        name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
        if name in found:
            continue
        try:
            known = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = known.version.partition("+")[0]  # a local build is nowhere else
        for requirement in known.requires or ():
            marker = requirement.partition(";")[2]
            match = _REQUIREMENT.match(requirement)
            if match is not None and not re.search(r"\bextra\b", marker):
                todo.append(match[1])
    return found
