"""`grade lessons --export DIR`: the lessons as files, which open by a double click.

A page that is opened from a folder has no server: nothing in it is live, and its visualizers are
one classic script, since browsers load no modules from `file://`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from grader import web
from grader.course.outline import Course, Exercise
from grader.errors import UsageError
from grader.report.words import points
from grader.study.states import LOOKS
from grader.web.lessons.card import Card
from grader.web.lessons.pages import TEMPLATES, Pages, anchor, links
from grader.web.lessons.widgets import assets

__all__ = ["export"]

_SHARED = Path(web.__file__).resolve().parent
_STATIC = Path(__file__).resolve().parent / "static"
#: By which a folder is known that an export has written: it may be written again.
_MARK = ".wxb-lessons"
_HOME = "index.html"


def export(course: Course, folder: Path) -> int:
    """Write the lessons of a course; how many pages they are.

    Raises:
        UsageError: the folder holds something else.
        CourseError: a lesson's text has faults; nothing was written.
        OSError: a file cannot be written.
    """
    is_new = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    if not (is_new or (folder / _MARK).is_file()):
        raise UsageError(
            f"{folder} is there and holds something else: name a folder that is new or empty."
        )
    link = links(course, _HOME, _page)
    pages = Pages(course, link, _page, lambda exercise: _card(course, exercise), lambda unit: {})
    templates = _templates(course)
    texts = {_HOME: _rendered(templates, "home.html", next=None, next_href="", **pages.home())}
    for unit in course.units:
        told = pages.lesson(unit, lambda shown: [])
        texts[_page(unit.id)] = _rendered(templates, "lesson.html", **told)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text("", "utf-8")
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    for file in (
        _SHARED / "static" / "base.css", _SHARED / "static" / "favicon.svg",
        _STATIC / "lesson.css", _STATIC / "reach.js", assets.FOLDER / assets.CLASSIC,
    ):  # fmt: skip
        shutil.copyfile(file, folder / file.name)
    return len(texts)


def _page(unit: str) -> str:
    return f"{unit}.html"


def _path(route: str, /, **parts: Any) -> str:
    """Where something lies beside the page that names it."""
    return {"home": _HOME, "lesson": _page(str(parts.get("unit")))}[route]


def _templates(course: Course) -> Environment:
    folders = [TEMPLATES, _SHARED / "templates"]
    found = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    found.globals.update(
        anchor=anchor, path=_path, is_live=False, layout="exported.html", csrf="", csrf_field="",
        trouble="", title=course.title,
    )  # fmt: skip
    return found


def _rendered(templates: Environment, name: str, **told: Any) -> str:
    return templates.get_template(name).render(**told)


def _card(course: Course, exercise: Exercise) -> Card:
    """An exercise of which nothing is known but where it is."""
    look = LOOKS["new"]
    path = course.stub(exercise).relative_to(course.root).as_posix()
    return Card(
        id=exercise.id, title=exercise.title, state="", mark=look.mark, style=look.style,
        score=points(exercise.points), said="", report="", pictures=(), notes=(), hints=(), left=0,
        offers_hint=False, path=path, editor="", busy=False,
    )  # fmt: skip
