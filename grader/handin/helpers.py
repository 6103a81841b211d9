"""Modules that lie beside a notebook, and that it imports: they are a part of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grader.handin.submission import Submission

__all__ = ["helpers"]

_IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+(\w+)", re.MULTILINE)
#: Modules beside the notebook that may come along: far more than an exercise has, and few enough
#: that a folder full of other work is not handed in by one import too many.
_HELPERS = 20


def helpers(
    texts: Iterable[str], folder: Path, known: set[str], *, own: bool = True
) -> dict[str, str]:
    """The modules in a folder that some texts import, and those that these import: name -> text.

    Args:
        known: names of files that are there already.
        own: it is one's own work, and may be reached through links.

    Raises:
        SubmissionError: one of them cannot be read, or is a link and not one's own.
    """
    found: dict[str, str] = {}
    seen: set[str] = set()
    todo = list(texts)
    while todo and len(found) < _HELPERS:
        for name in _IMPORTED.findall(todo.pop()):
            file = f"{name}.py"
            if file in known or file in found or f"{name}/" in seen:
                continue
            if (folder / file).is_file():
                found |= Submission.from_path(folder / file, own=own).sources
                todo.append(found[file])
            elif (folder / name).is_dir():
                seen.add(f"{name}/")
                inside = Submission.from_path(folder / name, own=own).sources
                found |= {f"{name}/{path}": text for path, text in inside.items()}
                todo += inside.values()
    return found
