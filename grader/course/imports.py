"""What a Python text imports, found in the text alone: nothing is parsed, and nothing runs.

A student's text may be hostile, and the caller, which asks, must neither wait for a parser nor die
of one. So this is a scan in linear time that errs on the side of more: an import in a docstring
counts. Less than what is imported is never found, except by a text that hides it on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Imports", "imports_of"]


class Imports(NamedTuple):
    """What a text imports.

    Args:
        names: dotted names; those of `from a.b import c` are `a.b` and `a.b.c`. A relative one
            begins with its dots.
        dynamic: whether it may also import what no text tells: through `importlib`, `exec`, …
    """

    names: frozenset[str]
    dynamic: bool


_DOTTED = r"\w[\w.]*+"
_AS = r"(?:[ \t\f]++as[ \t\f]++\w++)?+"
_COMMA = r"[ \t\f]*+,[ \t\f]*+"
#: `from a.b import c as d, e`, also in brackets over several lines, or `import a.b as c, d`.
#: Possessive throughout: a line of a thousand times `from` takes no longer than any other.
_IMPORT = re.compile(
    rf"""from (?<![\w.]from)\b [ \t\f]*+
            (?P<module> \.++ (?:(?!import\b)[\w.]++)?+ | {_DOTTED} ) [ \t\f]*+ import\b
            [ \t\f]*+ (?P<parts> \( (?:[^()\#]++ | \#[^\n]*+)*+ | [\w \t\f,]++ | \* )?+
      | import (?<![\w.]import) [ \t\f]++
            (?P<list> {_DOTTED}{_AS} (?:{_COMMA}{_DOTTED}{_AS})*+ )
    """,
    re.VERBOSE,
)
#: Longest name of a module that there can be.
_LONGEST = 1000
#: Letters of a text of which it is remembered what it imports, and how many such texts: the modules
#: of the hand-ins that are on their way, in a few megabytes at most.
_SHORT, _TEXTS = 16 << 10, 512
_COMMENT = re.compile(r"#[^\n]*+")
_CONTINUED = re.compile(r"\\\r?\n")

#: Modules that find others by a name that is a value, or run text as code.
_FINDERS = frozenset(
    {"builtins", "code", "imp", "importlib", "pickle", "pkgutil", "runpy", "timeit", "zipimport"}
)
#: Names with which a text does so without such a module.
_HIDDEN = ("__import__", "__builtins__", "__loader__", "import_module", "pytest_plugins")
#: `model.eval()` and `sys.modules_of_mine` are neither.
_RUNNERS = ("exec", "eval", "sys")
_RUN = re.compile(r"(?:exec|eval)(?<![\w.]....)\b|sys(?<!\w...)[ \t]*+\.[ \t]*+modules\b")
_MODULES = frozenset({"sys.modules", "sys.*"})
#: `pytest.importorskip("scipy")` tells what it imports as a rule; if not, it is dynamic.
_OR_SKIP = re.compile(r"""\bimportorskip\b(?:\(\s*+["']([\w.]++)["'])?+""")


def imports_of(text: str) -> Imports:
    """Read one text; of a short one it is remembered, since several steps ask for the same."""
    return _remembered(text) if len(text) <= _SHORT else _read(text)


def _read(text: str) -> Imports:
    text = _CONTINUED.sub(" ", text) if "\\" in text else text
    names: set[str] = set()
    for found in _IMPORT.finditer(text):
        if found["list"]:
            names.update(_firsts(found["list"]))
            continue
        module = found["module"]
        names.add(module)
        joint = "" if module.endswith(".") else "."
        parts = _COMMENT.sub("", (found["parts"] or "").lstrip("("))
        names.update(f"{module}{joint}{part}" for part in _firsts(parts))
    # As Python reads them. No file has a name so long, and a long one can take minutes.
    names = {unicodedata.normalize("NFKC", name) for name in names if len(name) <= _LONGEST}
    skips = _OR_SKIP.findall(text) if "importorskip" in text else []
    names.update(filter(None, skips))
    dynamic = (
        any(word in text for word in _HIDDEN)
        or (any(word in text for word in _RUNNERS) and _RUN.search(text) is not None)
        or not _MODULES.isdisjoint(names)
        or not all(skips)
        or any(name.partition(".")[0] in _FINDERS for name in names)
    )
    return Imports(frozenset(names), dynamic)


_remembered = lru_cache(maxsize=_TEXTS)(_read)


def _firsts(items: str) -> list[str]:
    """`a` and `b` of `a as x, b`."""
    return [item.split()[0] for item in items.split(",") if item.strip()]
