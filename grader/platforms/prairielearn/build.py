"""Questions for PrairieLearn, each with what marks it, and the image that marks them.

    questions/wxb/UNIT/EXERCISE/    info.json  question.html  EXERCISE.py (the stub)
        tests/                      run.sh, course/: the exercise's own part of the course
    wxb-grader/                     Dockerfile, and what it installs

From PrairieLearn's documentation of external grading and of `pl-file-editor`. A question that is
there already keeps its info.json and question.html, for somebody may have written in them.
"""

from __future__ import annotations

import ast
import html
import json
import math
import re
import shutil
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

import msgspec

from grader.course.handout import original
from grader.course.libraries import names_torch
from grader.course.outline import Course, Exercise, Unit
from grader.errors import UsageError
from grader.handin.text import printable
from grader.platforms.bundle import copy_part, write_requirements

__all__ = ["IMAGE", "Built", "build", "question_id"]

#: The image's name where none is given.
IMAGE = "wxb-grader"
_IMAGE = re.compile(r"[A-Za-z0-9][\w.:/@-]*", re.ASCII)
_DOCKERFILE = """\
# Marks the questions in questions/wxb. Build it here, and push it to where PrairieLearn finds it:
#     docker build -t {image} . && docker push {image}
FROM python:{python}-slim
RUN apt-get update \\
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libseccomp2 \\
    && rm -rf /var/lib/apt/lists/*
WORKDIR /wxb
COPY . .
RUN python3 -m pip install --no-cache-dir -r requirements.txt -c constraints.txt
"""
#: Seconds that a container may take before student code runs: libraries are loaded.
_START = 30
#: Most seconds that PrairieLearn gives.
_MOST = 600


class Built(msgspec.Struct, frozen=True):
    """What came of it.

    Args:
        questions: their folders, from the course's.
        kept: files that were there, and stay as they are.
        torch: whether the image has PyTorch.
    """

    questions: tuple[str, ...]
    kept: tuple[str, ...]
    torch: bool


def question_id(course: Course, exercise: Exercise) -> str:
    """A question's UUID: the same whenever it is built, wherever the exercise stands."""
    return str(uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, f"wxb:{course.title}"), exercise.id))


def build(
    course: Course,
    out: Path,
    exercises: tuple[str, ...],
    *,
    image: str = IMAGE,
    torch: bool | None = None,
    index: str = "",
) -> Built:
    """Write the questions and the image's files into a PrairieLearn course, or a new folder.

    Args:
        exercises: ids; empty: all.
        image: the name under which PrairieLearn finds the image.
        torch: whether PyTorch is in it; None: where the exercises need it.
        index: a further package index for pip.

    Raises:
        UsageError: something else is there, or the course is a handout.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: it is a file; name a folder.")
    if not _IMAGE.fullmatch(image):
        raise UsageError(f"--image {printable(image)}: expected a name as in org/wxb-grader:1.")
    wanted = [
        (unit, exercise)
        for unit in course.units
        for exercise in unit.exercises
        if not exercises or exercise.id in exercises
    ]
    has_torch = names_torch(course.root) if torch is None else torch
    with tempfile.TemporaryDirectory(prefix="wxb-") as place:
        fresh = Path(place)
        for unit, exercise in wanted:
            folder = fresh / _folder(exercise)
            _write_question(course, unit, exercise, folder, image)
            if not has_torch:
                (folder / "tests" / "without-torch").touch()
        _write_image(fresh / "wxb-grader", image, has_torch, index)
        questions = tuple(_folder(exercise) for _, exercise in wanted)
        _refuse_others(out, questions)
        kept = _lay(fresh, out, questions)
    return Built(questions, kept, has_torch)


def _folder(exercise: Exercise) -> str:
    return f"questions/wxb/{exercise.unit}/{exercise.id}"


def _write_question(
    course: Course, unit: Unit, exercise: Exercise, folder: Path, image: str
) -> None:
    tests = folder / "tests"
    copy_part(course, tests / "course", [exercise.id])
    shutil.copy(Path(__file__).parent / "run.sh", tests)
    (tests / "run.sh").chmod(0o755)
    stub = original(course, exercise)
    (folder / f"{exercise.id}.py").write_text(stub, "utf-8")
    about = json.dumps(_info(course, unit, exercise, image), indent=4, ensure_ascii=False)
    (folder / "info.json").write_text(f"{about}\n", "utf-8")
    (folder / "question.html").write_text(_question(exercise, stub), "utf-8")


def _info(course: Course, unit: Unit, exercise: Exercise, image: str) -> dict[str, Any]:
    seconds = math.ceil(course.limits.longest(len(exercise.tests))) + _START
    return {
        "uuid": question_id(course, exercise),
        "title": exercise.title,
        "topic": unit.title,
        "tags": ["wxb", unit.id],
        "type": "v3",
        "singleVariant": True,
        "gradingMethod": "External",
        "externalGradingOptions": {
            "enabled": True,
            "image": image,
            "entrypoint": "/grade/tests/run.sh",
            "timeout": min(seconds, _MOST),
            "enableNetworking": False,
        },
    }


def _question(exercise: Exercise, stub: str) -> str:
    """The page of a question: what its module says, an editor with the stub, and the results."""
    _, _, rest = (ast.get_docstring(ast.parse(stub)) or "").partition("\n")
    paragraphs = "".join(
        f"  <p>{_escaped(' '.join(text.split()))}</p>\n" for text in rest.strip().split("\n\n")
    )
    name = f"{exercise.id}.py"
    return (
        "<pl-question-panel>\n"
        f"  <p><strong>{_escaped(exercise.title)}</strong></p>\n"
        f"{paragraphs if rest.strip() else ''}"
        f'  <pl-file-editor file-name="{name}" ace-mode="ace/mode/python" '
        f'source-file-name="{name}"></pl-file-editor>\n'
        "</pl-question-panel>\n"
        "<pl-submission-panel>\n"
        "  <pl-external-grader-results></pl-external-grader-results>\n"
        "  <pl-file-preview></pl-file-preview>\n"
        "</pl-submission-panel>\n"
    )


def _escaped(text: str) -> str:
    """Text that neither HTML nor Mustache, which PrairieLearn runs over it, takes for more."""
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _write_image(folder: Path, image: str, torch: bool, index: str) -> None:
    folder.mkdir(parents=True)
    write_requirements(folder, torch=torch, index=index)
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    (folder / "Dockerfile").write_text(_DOCKERFILE.format(image=image, python=python), "utf-8")


def _refuse_others(out: Path, questions: tuple[str, ...]) -> None:
    """See that nothing is replaced that was not written like this."""
    for name in questions:
        folder = out / name
        if folder.exists() and not (folder / "tests" / "course" / "course.yaml").is_file():
            raise UsageError(f"{folder}: it is no question of `grade`; move it, or name another.")
    image = out / "wxb-grader"
    if image.exists() and not (image / "constraints.txt").is_file():
        raise UsageError(f"{image}: it is no image of `grade`; move it, or name another folder.")


def _lay(fresh: Path, out: Path, questions: tuple[str, ...]) -> tuple[str, ...]:
    """Put what was built into its place; a question's own page and info stay where they are."""
    kept = []
    for name in questions:
        old, new = out / name, fresh / name
        for file in ("info.json", "question.html"):
            if (old / file).is_file() and (old / file).read_bytes() != (new / file).read_bytes():
                shutil.copyfile(old / file, new / file)
                kept.append(f"{name}/{file}")
        _replace(new, old, (new / "tests",))
    _replace(fresh / "wxb-grader", out / "wxb-grader", (fresh / "wxb-grader",))
    return tuple(kept)


def _replace(new: Path, old: Path, whole: tuple[Path, ...]) -> None:
    """Copy a folder over another; of those in `whole` nothing older stays."""
    for folder in whole:
        shutil.rmtree(old / folder.relative_to(new), ignore_errors=True)
    shutil.copytree(new, old, dirs_exist_ok=True)
