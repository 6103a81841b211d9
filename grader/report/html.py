"""A result as HTML: no script, nothing from elsewhere, no background, no meaning in colour alone.

Text has the notebook's own colour. Only marks and a few words are coloured, with at least 4.5:1
on white and on near black; where styles are taken away (an untrusted notebook), all still reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from grader.report.model import Outcome
from grader.report.words import BROKEN, IDEA, LOOK, PRINTED, Shown, ShownTest

if TYPE_CHECKING:
    from grader.notebook.result import Result

__all__ = ["COLOURS", "page"]

#: style -> (colour on a light page, on a dark one)
COLOURS = {
    "green": ("#1a6b2f", "#7ddb8f"),
    "red": ("#a61b1b", "#ff9a93"),
    "yellow": ("#7a4d00", "#f2c14e"),
    "magenta": ("#8b1a8b", "#f0a0f0"),
    "dim": ("#595959", "#b0b0b0"),
}

_STYLE = """
.wxb { max-width: 60em; line-height: 1.4 }
[data-jp-theme-light="true"] .wxb, .vscode-light .wxb { color-scheme: light }
[data-jp-theme-light="false"] .wxb, .vscode-dark .wxb, html[theme="dark"] .wxb
  { color-scheme: dark }
.wxb p, .wxb ul { margin: .4em 0 }
.wxb ul { list-style: none; padding: 0 }
.wxb li { margin: .3em 0; padding-left: 1.6em }
.wxb li > .wxb-mark:first-child { margin-left: -1.6em }
.wxb-mark { display: inline-block; width: 1.6em; font-weight: bold }
.wxb-row { display: flex; gap: 1em; justify-content: space-between; align-items: baseline }
.wxb-row > :last-child { white-space: nowrap }
.wxb p ~ .wxb-row { margin-top: 1.4em }
.wxb pre { margin: .3em 0; padding: 0; font-size: .92em; background: none; color: inherit;
  white-space: pre-wrap; overflow-wrap: anywhere }
.wxb pre.wxb-table { white-space: pre; overflow-x: auto }
.wxb-idea { border-left: .25em solid; padding-left: .75em; margin-left: 0 }
""" + "".join(
    f".wxb-{name} {{ color: light-dark({light}, {dark}) }}\n"
    for name, (light, dark) in COLOURS.items()
)

#: What a mark is called where it is read aloud and has no words of its own.
_SPOKEN: dict[Outcome, str] = {"passed": "right", "failed": "wrong"}
#: The first line of a side-by-side table.
_TABLE = re.compile(r"expected(?: +got)?")


def page(result: Result) -> str:
    """The whole of it, as one element."""
    parts = [part for seen in result.exercises for part in _exercise(seen, result)]
    parts += [f"<p>{escape(line)}</p>" for line in result.ending()]
    return f'<div class="wxb"><style>{_STYLE}</style>\n' + "\n".join(parts) + "\n</div>"


def _exercise(seen: Shown, result: Result) -> Iterator[str]:
    words = LOOK[seen.outcome].words
    told = f" {_coloured(words, seen.outcome)}" if words else ""
    title = f"{_mark(seen.outcome)}<strong>{escape(seen.id)}</strong> {escape(seen.title)}{told}"
    yield f"<p {_row(title, f'<strong>{escape(seen.score)}</strong>')}</p>"
    if seen.broken:
        yield f"<p>{_coloured(BROKEN, 'error')}</p>{_pre(seen.broken)}"
    if seen.tests:
        yield "<ul>"
        yield from map(_test, seen.tests)
        yield "</ul>"
    for hint in seen.ideas:
        lead = f'<strong class="wxb-yellow">→ {escape(IDEA)}</strong>'
        yield f'<p class="wxb-idea">{lead}{escape(hint)}</p>'
    if result.told(seen):
        yield f"<p>{escape(result.told(seen))}</p>"
    if result.source(seen):
        yield f'<p class="wxb-dim">{escape(result.source(seen))}</p>'


def _test(test: ShownTest) -> str:
    words = LOOK[test.outcome].words
    told = f"{_coloured(f'{words}:', test.outcome)} " if words else ""
    parts = [
        f"<li>{_mark(test.outcome)}",
        f"<span>{told}{escape(test.title)}</span> ",
        f'<span class="wxb-dim">{escape(test.score)}</span>' if test.score else "",
        _message(test.message),
        f"<p>{escape(PRINTED)}</p>{_pre(test.printed)}" if test.printed else "",
        "</li>",
    ]
    return "".join(parts)


def _row(left: str, right: str) -> str:
    return f'class="wxb-row"><span>{left}</span> <span>{right}</span>'


def _mark(outcome: Outcome) -> str:
    look = LOOK[outcome]
    spoken = escape(_SPOKEN.get(outcome, look.words))
    return (
        f'<span class="wxb-mark wxb-{look.style}" role="img" aria-label="{spoken}">'
        f"{escape(look.mark)}</span> "
    )


def _coloured(text: str, outcome: Outcome) -> str:
    return f'<strong class="wxb-{LOOK[outcome].style}">{escape(text)}</strong>'


def _message(text: str) -> str:
    """Sentences may wrap; a table below them may not."""
    lines = text.split("\n") if text else []
    table = next((i for i, line in enumerate(lines) if _TABLE.fullmatch(line)), len(lines))
    return _pre("\n".join(lines[:table])) + _pre("\n".join(lines[table:]), "wxb-table")


def _pre(text: str, kind: str = "wxb-text") -> str:
    return f'<pre class="{kind}">{escape(text)}</pre>' if text else ""
