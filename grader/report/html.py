"""A report as HTML: no script, nothing from elsewhere, no background, no meaning in colour alone.

Text has the notebook's own colour. Only marks and a few words are coloured, with at least 4.5:1
on white and on near black; where styles are taken away (an untrusted notebook), all still reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from grader.report.model import Outcome
from grader.report.safe import safe
from grader.report.view import ExerciseView, ReportView, TestView
from grader.report.words import BROKEN, IDEA, LOOK, PRINTED

__all__ = ["COLOURS", "STYLE", "to_bare_html", "to_html", "to_unstyled_html"]

#: style -> (colour on a light page, on a dark one)
COLOURS = {
    "green": ("#1a6b2f", "#7ddb8f"),
    "red": ("#a61b1b", "#ff9a93"),
    "yellow": ("#7a4d00", "#f2c14e"),
    "magenta": ("#8b1a8b", "#f0a0f0"),
    "dim": ("#595959", "#b0b0b0"),
}

#: What gives the elements their look, wherever it stands.
STYLE = """
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


def to_html(view: ReportView) -> str:
    """The whole of it, as one element."""
    return _element(view, f"<style>{STYLE}</style>\n")


def to_unstyled_html(view: ReportView) -> str:
    """The same for a page that has `STYLE` already, or may hold no style inside of it."""
    return _element(view, "")


def _element(view: ReportView, style: str) -> str:
    parts = [part for exercise in view.exercises for part in _exercise(exercise)]
    parts += [f"<p>{escape(line)}</p>" for line in view.closing]
    return safe(f'<div class="wxb">{style}' + "\n".join(parts) + "\n</div>")


def to_bare_html(view: ReportView) -> str:
    """The same for pages that take away styles and all but a few elements.

    What is left are `div`, `span`, `strong`, `pre`, `ul` and `li` with classes: bleach's own list
    and what nbconvert adds to it (`clean_html`).
    """
    text = re.sub(r"<(/?)p\b", r"<\1div", to_unstyled_html(view))
    return re.sub(r' role="img" aria-label="[^"]*"', "", text)


def _exercise(view: ExerciseView) -> Iterator[str]:
    words = LOOK[view.outcome].words
    state = f" {_coloured(words, view.outcome)}" if words else ""
    title = f"{_mark(view.outcome)}<strong>{escape(view.id)}</strong> {escape(view.title)}{state}"
    yield f"<p {_row(title, f'<strong>{escape(view.score)}</strong>')}</p>"
    if view.broken:
        yield f"<p>{_coloured(BROKEN, 'error')}</p>{_pre(view.broken)}"
    ideas = map(_idea, view.ideas)
    if view.is_long:
        yield from ideas
    if view.tests:
        yield "<ul>"
        yield from map(_test, view.tests)
        yield "</ul>"
    yield from ideas
    if view.remark:
        yield f"<p>{escape(view.remark)}</p>"
    if view.source:
        yield f'<p class="wxb-dim">{escape(view.source)}</p>'


def _idea(hint: str) -> str:
    lead = f'<strong class="wxb-yellow">→ {escape(IDEA)}</strong>'
    return f'<p class="wxb-idea">{lead}{escape(hint)}</p>'


def _test(view: TestView) -> str:
    words = LOOK[view.outcome].words
    state = f"{_coloured(f'{words}:', view.outcome)} " if words else ""
    parts = [
        f"<li>{_mark(view.outcome)}",
        f"<span>{state}{escape(view.title)}</span> ",
        f'<span class="wxb-dim">{escape(view.score)}</span>' if view.score else "",
        _message(view.message),
        f"<p>{escape(PRINTED)}</p>{_pre(view.printed)}" if view.printed else "",
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
