"""What is said of an exception of the student's code: what, where, and what would mend it."""

from __future__ import annotations

import difflib
import sys
import unicodedata
from collections.abc import Collection, Mapping

from grader.handin.cells.module import place
from grader.handin.newer import newer_syntax
from grader.judge.comparing.wording import nth
from grader.judge.refusals import told_refusal
from grader.sandbox.wire.protocol import Raised

__all__ = ["TYPO", "look_alike", "near", "raised_lines", "source_line"]

#: How alike two names must be for one to be the other renamed, or mistyped.
_ALIKE, TYPO = 0.6, 0.9

#: Names that an import brings -> that import. Other names of the standard library bring themselves.
_IMPORTS = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "Tensor": "from torch import Tensor",
    "tensor": "from torch import tensor",
    "ndarray": "from numpy import ndarray",
    "sqrt": "from math import sqrt",
    "pi": "from math import pi",
    "reduce": "from functools import reduce",
    "Callable": "from collections.abc import Callable",
    "Sequence": "from collections.abc import Sequence",
    "Iterable": "from collections.abc import Iterable",
    **dict.fromkeys(("List", "Tuple", "Dict", "Optional", "Union", "Any"), "from typing import {}"),
}


def raised_lines(
    raised: Raised,
    sources: Mapping[str, str],
    call: str,
    asked_for: Collection[str] = (),
    expected: str = "",
) -> tuple[str, str, str]:
    """Three lines about a student's exception: what, where, in which call.

    Args:
        call: the line that says so.
        asked_for: the names that the exercise asks for.
        expected: the exceptions that would have been right, in words, or "".
    """
    if raised.kind == "MissingFunction":
        return _missing(raised, asked_for)
    what = _what(raised)
    refused = told_refusal(raised, what)
    headline = refused or _unknown(raised) or f"Your code raised {what}"
    if expected:
        headline = f"Expected {expected}, but your code raised {what}"
    if not raised.frames:
        return headline, call, ""
    file, line, _ = raised.frames[-1]
    source = source_line(sources, file, line)
    where = place(sources.get(file.removesuffix(".py"), ""), file, line)
    if raised.column:
        column = min(raised.column, len(source) + 1)
        caret = " " * max(0, column - 1 - (len(source) - len(source.lstrip()))) + "^"
        return f"{where}: {what}{newer_syntax(source)}", f"    {source.strip()}", f"    {caret}"
    where = f"{where}: {source.strip()}"
    if raised.is_of_loading:
        return f"Your file cannot be loaded: {what}", where, refused or _instead(raised)
    return headline, where, call


def _what(raised: Raised) -> str:
    text = raised.text.strip().splitlines() or [""]
    return f"{raised.kind}: {text[0][:200]}" if text[0] else raised.kind


def _unknown(raised: Raised) -> str:
    """What to do about a name that is not defined, where that is known."""
    name = raised.name
    if raised.kind != "NameError" or not name:
        return ""
    line = _IMPORTS.get(name, "import {}" if name in sys.stdlib_module_names else "").format(name)
    if line:
        return f"{name} is not defined: {line} at the top."
    odd = next((i for i, letter in enumerate(name) if not letter.isascii()), -1)
    if odd < 0:
        return ""
    return f"{name} is not defined: its {nth(odd)} letter is {_letter(name[odd])}."


def _instead(raised: Raised) -> str:
    """What to do about a library or a name that is not there when the file is loaded."""
    if raised.kind != "ModuleNotFoundError" or not raised.text.endswith("'torch'"):
        return _unknown(raised)
    return "Import it inside the functions that use it: the others then run without it."


# --- a name that is not there -------------------------------------------------------------------


def _missing(raised: Raised, asked_for: Collection[str]) -> tuple[str, str, str]:
    name = raised.text[:80]
    twin = look_alike(raised)
    if twin:
        last = name.rpartition(".")[2]
        odd = next(i for i, (a, b) in enumerate(zip(twin, last, strict=True)) if a != b)
        hint = f"There is one that looks like it: its {nth(odd)} letter is {_letter(twin[odd])}."
        return f"There is no {name} in your file.", hint, ""
    found = near(raised, asked_for)
    hint = f"Did you rename it to {found}?" if found else "Copy its first line from the stub."
    return f"There is no {name} in your file.", hint, ""


def near(raised: Raised, asked_for: Collection[str], alike: float = _ALIKE) -> str:
    """A name that is there and is like the one that was looked for in vain, or "".

    Args:
        asked_for: the names that the exercise asks for: none of them is another one renamed.
    """
    last = raised.text[:80].rpartition(".")[2]
    others = [name for name in raised.defined if name not in asked_for]
    close = difflib.get_close_matches(last, others, 1, alike)
    return close[0] if close else ""


def look_alike(raised: Raised) -> str:
    """A name that is there and differs in letters of other alphabets only, or ""."""
    last = raised.text[:80].rpartition(".")[2]
    for name in raised.defined:
        pairs = [(a, b) for a, b in zip(name, last, strict=False) if a != b]
        if len(name) == len(last) and pairs and not any(a.isascii() for a, _ in pairs):
            return name
    return ""


def _letter(letter: str) -> str:
    """A letter as Unicode calls it: `а (CYRILLIC SMALL LETTER A)`."""
    return f"{letter} ({unicodedata.name(letter, 'unknown to Unicode')})"


def source_line(sources: Mapping[str, str], file: str, line: int) -> str:
    """The text of a line of the submission, or ""."""
    lines = sources.get(file.removesuffix(".py"), "").splitlines()
    return lines[line - 1][:120] if 0 < line <= len(lines) else ""
