"""Cells as they are typed and pasted: indented ones, and ones with prompts in them.

IPython takes a common indent and prompts off before it reads a cell, so such cells run in Jupyter.
Lines keep their places.
"""

from __future__ import annotations

import re

__all__ = ["without_prompts"]

_INDENT = re.compile(r"[ \t]+")
#: (what the first line begins with, what is taken off each line) as IPython knows them.
_PROMPTS = (
    (re.compile(r">>>(?: |$)"), re.compile(r"[ \t]*(?:>>>|\.\.\.)(?: |$)")),
    (re.compile(r"In ?\[\d+\]: ?"), re.compile(r"(?:In ?\[\d+\]:|[ \t]*\.{3,}:)(?: |$)")),
)
_OUT = re.compile(r"Out ?\[\d+\]:")


def without_prompts(source: str) -> tuple[str, str]:
    """A cell's text as IPython reads it, and the same without lines that have no prompt.

    The second is for a cell into which answers were pasted, too; it is "" where there are no
    prompts.
    """
    lines = source.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    indent = _INDENT.match(lines[first])
    if indent:
        lines = [line.removeprefix(indent[0]) for line in lines]
    for begins, prompt in _PROMPTS:
        head = lines[first : first + 2]
        if begins.match(head[0]) or (len(head) > 1 and begins.match(head[1])):
            bare = [prompt.sub("", line, count=1) for line in lines]
            bare = ["" if _OUT.match(line) else line for line in bare]
            asked = [
                new if prompt.match(line) else "" for new, line in zip(bare, lines, strict=True)
            ]
            return "\n".join(bare), "\n".join(asked)
    return "\n".join(lines), ""
