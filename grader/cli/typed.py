"""What a person is told to type next, with the course and the gradebook that they named before."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

from grader.handin.text import printable

__all__ = ["typed"]

#: A password in the URL of a database: it is for nobody's screen.
_PASSWORD = re.compile(r"(?<=://)[^/@]*:[^/@]*@")


def typed(
    *words: str,
    course: Path | None = None,
    gradebook: str | None = None,
    options: Iterable[tuple[str, object]] = (),
) -> str:
    """A command line for a shell: `grade marks --gradebook class.db`.

    Args:
        words: behind `grade`, as they are meant; a shell reads them back as they are here.
        course, gradebook: as this command was given them; without them the next one looks where
            this one looked.
        options: further ones and their values; what is None or False was not given, True is a
            flag, of a sequence each is given.
    """
    line = ["grade", *words]
    for name, value in (("--course", course), ("--gradebook", gradebook), *options):
        for each in value if isinstance(value, list | tuple) else (value,):
            if each is True:
                line.append(name)
            elif each is not None and each is not False:
                line += [name, _PASSWORD.sub("USER:PASSWORD@", str(each))]
    return printable(shlex.join(line))
