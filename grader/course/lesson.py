"""A unit's lesson in pieces, cut behind the lines that introduce its exercises."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

__all__ = ["Piece", "pieces", "relinked"]

#: A paragraph that introduces an exercise: `**Exercise 2: [`magnitude`](magnitude.py).** Build …`
_INTRODUCED = re.compile(r"^\*\*Exercise\b[^\n]*(?:\n[^\n]*\S[^\n]*)*", re.MULTILINE)
#: Code and formulas, in which nothing is a link and no line introduces anything.
_FENCE = re.compile(r"^(```+|~~~+)[^\n]*\n.*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(
    r"""(?P<image>!?)\[(?P<label>(?:[^\[\]`]|`[^`\n]*`)*)\]\((?P<target>[^()\s]+)(?P<title>[^()\n]*)\)
        | ^(?P<fence>```+|~~~+)[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$
        | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`) | \$\$.+?\$\$ | \$[^$\n]+\$""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|#|/")


class Piece(msgspec.Struct, frozen=True):
    """A part of a lesson, and the exercise that it ends with; None for what stands behind."""

    text: str
    exercise: str | None = None


def pieces(lesson: str, exercises: Iterable[str]) -> list[Piece]:
    """A lesson cut behind the paragraph that introduces each exercise.

    Args:
        exercises: ids; those that no paragraph introduces come at the end, in this order.
    """
    left = list(exercises)
    fenced = [found.span() for found in _FENCE.finditer(lesson)]
    found: list[Piece] = []
    done = 0
    for paragraph in _INTRODUCED.finditer(lesson):
        if any(start <= paragraph.start() < end for start, end in fenced):
            continue
        name = next((name for name in left if _names(paragraph[0], name)), None)
        if name is not None:
            left.remove(name)
            found.append(Piece(lesson[done : paragraph.end()].strip(), name))
            done = paragraph.end()
    rest = lesson[done:].strip()
    if left and rest:
        found.append(Piece(rest))
        rest = ""
    found += [Piece("", name) for name in left]
    return [*found, Piece(rest)] if rest else found


def _names(paragraph: str, exercise: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(exercise)}(?!\w)", paragraph) is not None


def relinked(text: str, unit: str, has: Callable[[str], bool]) -> str:
    """A lesson's text for a notebook that lies in the handout's own folder.

    Links to files that come along lead to them from there; other links into the course are only
    their words, and so are those to modules: in a notebook their cells follow.

    Args:
        has: whether a path of the course comes along.
    """
    return "".join(_relinked(text, unit, has))


def _relinked(text: str, unit: str, has: Callable[[str], bool]) -> Iterator[str]:
    done = 0
    for found in _LINK.finditer(text):
        target = found["target"]
        if target is None or _ELSEWHERE.match(target):
            continue
        path, mark, anchor = target.partition("#")
        path = posixpath.normpath(posixpath.join("exercises", unit, path))
        yield text[done : found.start()]
        done = found.end()
        if path.endswith(".py") or not has(path):
            yield found["label"]
        else:
            where = f"{path}{mark}{anchor}{found['title']}"
            yield f"{found['image']}[{found['label']}]({where})"
    yield text[done:]
