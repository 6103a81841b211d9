"""`grade release`: the folder that students get, and proof that nothing hidden is in it.

A handout is a course of its own: the same units and exercises, with stubs, lessons and guides, and
without suites, solutions, misconceptions and points by test. `leaks` then searches what was built,
archives included, for anything that only the hidden trees hold. Then it is laid into its folder; if
an earlier handout lies there, what somebody has written in it stays (`grader.course.handout`).
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import msgspec
import yaml

from grader.authoring.leaks import leaks
from grader.authoring.wheel import write_wheel
from grader.course.examples import examples_of
from grader.course.guide import Guide
from grader.course.handout import Laid, is_handout, lay_over, write_listing
from grader.course.outline import Course, Dates, Unit
from grader.course.stubs import sections, stub
from grader.course.text import read_source
from grader.errors import Fault, UsageError

__all__ = ["Released", "refuse_inside", "release", "write_course"]

_README = """# {title}

{count} exercises in {units} units. Read a unit's lesson (`exercises/*/README.md`), fill the stubs
beside it, and see at each save what is right:

```console
$ python -m pip install -r requirements.txt
$ grade watch
```

`grade` alone grades everything once, `grade list` is the map of the course, `grade hint EXERCISE`
opens a hint. `grade lessons` shows the lessons in the browser, with pictures that run on your code
(`python -m pip install 'wxb[web]'`). Here you see the examples of each docstring being tried; the
hidden tests run after you have handed in. In Jupyter, `from grader.notebook import check;
check("EXERCISE")` does the same for functions of a notebook. `grade pack` makes the one file to
hand in, and says what is missing; `grade pack UNIT` packs one unit. `grade reset EXERCISE` gives a
stub back, and keeps what you had written in `saved/`. `grade update FOLDER` takes over a newer
handout from the folder that it was unpacked into: what you have written in stays.

Python 3.11 or newer is needed. PyTorch is optional: without it the PyTorch halves are left out.
`python -m pip install torch` adds it; its "Get Started" page tells how to get the smaller CPU
build.
"""

_IGNORED = """.venv/
__pycache__/
*.py[cod]
.wxb/
handin*.zip
"""

_EDITOR = {
    "python.analysis.extraPaths": ["exercises"],
    "files.trimTrailingWhitespace": True,
    "files.insertFinalNewline": True,
    "editor.rulers": [100],
}

_CONTAINER = {
    "name": "wxb",
    "image": "mcr.microsoft.com/devcontainers/python:3.12",
    "postCreateCommand": "python -m pip install -r requirements.txt",
    "customizations": {"vscode": {"extensions": ["ms-python.python"]}},
}


class Released(msgspec.Struct, frozen=True):
    """What a release came to.

    Args:
        files: paths inside the handout, in order.
        leaks: what it shows of what is hidden; then an earlier handout is left as it was.
        laid: what was kept of an earlier one that somebody has worked in.
    """

    files: tuple[Path, ...]
    leaks: tuple[Fault, ...] = ()
    laid: Laid = Laid()


def release(course: Course, out: Path) -> Released:
    """Build the handout of a course, search it for what is hidden, and lay it into a folder.

    Args:
        out: a folder that is not there yet, or is empty, or holds an earlier handout: of that, what
            a student has written stays.

    Raises:
        UsageError: the folder holds something else, or lies inside one of the hidden trees.
        CourseError: a solution cannot be read.
        SyntaxError: a solution that no stub can be made of.
    """
    out = out.resolve()
    _refuse(course, out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".wxb-", dir=out.parent) as place:
        fresh = Path(place)
        _build(course, fresh)
        files = tuple(sorted(p.relative_to(fresh) for p in fresh.rglob("*") if p.is_file()))
        found = tuple(leaks(course, fresh))
        if found and is_handout(out):
            return Released(files, found)
        return Released(files, found, lay_over(fresh, out))


def _build(course: Course, out: Path) -> None:
    """Write a whole handout into an empty folder."""
    write_course(course, out)
    wheel = f"wheels/{write_wheel(out / 'wheels').name}"
    count = sum(1 for _ in course.exercises)
    _write(
        out / "README.md", _README.format(title=course.title, count=count, units=len(course.units))
    )
    _write(out / "requirements.txt", f"./{wheel}\nnumpy\n")
    _write(out / ".gitignore", _IGNORED)
    _write(out / ".vscode/settings.json", json.dumps(_EDITOR, indent=2) + "\n")
    _write(out / ".devcontainer/devcontainer.json", json.dumps(_CONTAINER, indent=2) + "\n")
    data = Path(course.root) / "data"
    if data.is_dir():
        shutil.copytree(data, out / "data", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    write_listing(out)


def write_course(course: Course, out: Path, only: Unit | None = None) -> None:
    """Write what makes a handout a course: course.yaml, stubs, guides, and lessons.

    Args:
        only: the one unit that it is to have; all by default.

    Raises:
        CourseError: a solution cannot be read.
        SyntaxError: a solution that no stub can be made of.
    """
    units = course.units if only is None else (only,)
    course = msgspec.structs.replace(course, units=units)
    texts = {e.id: read_source(course.solution(e), course.root) for e in course.exercises}
    _write(out / "course.yaml", _course_file(course))
    for exercise in course.exercises:
        text = stub(texts[exercise.id])
        _write(out / "exercises" / exercise.unit / f"{exercise.id}.py", text)
        _write(out / "guide" / exercise.unit / f"{exercise.id}.stub", text)
        guide = out / "guide" / exercise.unit / f"{exercise.id}.json"
        _write(guide, _guide(texts[exercise.id]))
    _copy_lessons(course, out, only)


#: What may lie in a folder that no handout is in yet: a repository that it is published from.
_KEPT = frozenset({".git"})


def refuse_inside(course: Course, out: Path) -> None:
    """Refuse a folder that holds the course, or lies in one of its trees.

    Raises:
        UsageError: it does, or it is a file.
    """
    root = Path(course.root).resolve()
    if out == root or root.is_relative_to(out):
        raise UsageError(f"{out} holds the course itself; name another folder.")
    for tree in ("solutions", "misconceptions", "tests", "exercises", "grader"):
        if out.is_relative_to(root / tree):
            raise UsageError(f"{out} lies inside {tree}/ of the course; name another folder.")
    if out.is_file():
        raise UsageError(f"{out} is a file; name a folder.")


def _refuse(course: Course, out: Path) -> None:
    if course.handout:
        raise UsageError("This is a handout already; release it from the whole course.")
    refuse_inside(course, out)
    if out.is_dir() and any(p.name not in _KEPT for p in out.iterdir()) and not is_handout(out):
        raise UsageError(f"{out} is not empty and holds no handout; name another folder.")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _course_file(course: Course) -> str:
    """course.yaml without tests, and without what students see of them."""
    limits = course.limits
    content = {
        "format": 1,
        "title": course.title,
        "handout": "true",
        "limits": {
            "call": f"{limits.call:g}s",
            "exercise": f"{limits.exercise:g}s",
            "memory": f"{limits.memory >> 20}MiB",
            "output": f"{limits.output >> 10}KiB",
        },
        "units": [
            {
                "id": unit.id,
                "title": unit.title,
                **_dates(unit),
                **({"sections": sections} if (sections := _sections(unit)) else {}),
                "exercises": [
                    {
                        "id": exercise.id,
                        "title": exercise.title,
                        "points": f"{exercise.points}",
                        **({"forbidden": list(exercise.forbidden)} if exercise.forbidden else {}),
                    }
                    for exercise in unit.exercises
                ],
            }
            for unit in course.units
        ],
    }
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=96)
    return text.replace("handout: 'true'", "handout: true")


def _dates(dates: Unit | Dates) -> dict[str, str]:
    found = {"due": dates.due, "closes": dates.closes}
    return {key: time.isoformat() for key, time in found.items() if time is not None}


def _sections(unit: Unit) -> dict[str, dict[str, str]]:
    return {name: found for name, each in unit.sections.items() if (found := _dates(each))}


def _guide(solution: str) -> str:
    found = sections(solution)
    examples = {
        name: tuple(msgspec.structs.replace(example, line=0) for example in group)
        for name, group in examples_of(solution).items()
    }
    guide = Guide(tiers=found.hints, why=found.why, examples=examples)
    return msgspec.json.format(msgspec.json.encode(guide), indent=1).decode() + "\n"


def _copy_lessons(course: Course, out: Path, only: Unit | None) -> None:
    """Lessons and what they show: everything beside the stubs that is no Python module."""
    source = Path(course.root) / "exercises"
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        hidden = any(part.startswith((".", "__")) for part in inside.parts)
        ours = only is None or inside.parts[0] == only.id
        if path.is_file() and path.suffix != ".py" and not hidden and ours:
            target = out / "exercises" / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
