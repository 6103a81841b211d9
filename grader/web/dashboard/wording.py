"""How numbers, times and outcomes are written on the pages: filters of the templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from grader.classroom.gradebook.explain import moment
from grader.classroom.statistics.explained import EXPLAINED
from grader.classroom.statistics.figure import Figure
from grader.report.model import Outcome
from grader.report.safe import safe
from grader.report.words import LOOK, plural

__all__ = ["FILTERS", "FLAGS", "KEPT", "LAYERS"]

#: Flag -> (what stands on the row, what it means).
FLAGS = {
    "too_hard": ("hard", "Fewer than half pass at first."),
    "too_easy": ("easy", "More than nine in ten pass at first."),
    "negative": ("negative r", "Who is good elsewhere is worse here: look at the tests."),
    "nobody_full": ("nobody full", "Nobody has passed all of its tests."),
    "flaky": ("flaky", "The same program has come to different verdicts."),
    "cliff": ("cliff", "More than fifteen in a hundred are lost here."),
    "few": ("few", "So few students that all of this may be chance."),
}
LAYERS = {
    "passed": "passed", "untried": "could not be tried", "not_begun": "not begun",
    "not_run": "could not be run", "type": "wrong type", "axes": "wrong number of axes",
    "shape": "wrong shape", "dtype": "wrong dtype", "finite": "not finite",
    "values": "wrong values", "error": "raised an error", "limits": "too slow or too much",
    "property": "another test failed",
}  # fmt: skip
KEPT = {
    "all": "every attempt is known",
    "some": "of some hand-ins only the last is known",
    "last": "last hand-in: earlier attempts are not known",
}
#: Numbers that are no shares.
_PLAIN = {
    "attempts",
    "discrimination",
    "discrimination_last",
    "alpha",
    "upper_lower",
    "alpha_without",
}


def percent(value: float | None) -> str:
    """A share of 1 in hundredths; a dash where there is none."""
    return "–" if value is None else f"{value * 100:.0f} %"


def figure(found: Figure, *, brief: bool = False) -> Markup:
    """A number with its interval and n; undefined is a dash, with the reason; few is grey."""
    plain = found.name in _PLAIN
    title = EXPLAINED[found.name].title if found.name in EXPLAINED else found.name
    if found.value is None:
        reason = safe(found.why or "undefined")
        return Markup('<span class="few" title="{}">–<span class="unseen"> {}: {}</span></span>'
                      ).format(reason, title, reason)  # fmt: skip
    text = _number(found.value, plain)
    more = ""
    if not brief:
        if found.low is not None and found.high is not None:
            more = f"{_number(found.low, plain, bare=True)}–{_number(found.high, plain)}, "
        more = f"{more}n\N{NO-BREAK SPACE}{found.n:,}"
    kind = "few" if found.few else "figure"
    note = Markup('<span class="unseen"> (few)</span>') if found.few else ""
    tail = Markup(" <small>{}</small>").format(more) if more else ""
    return Markup('<span class="{}">{}{}{}</span>').format(kind, text, note, tail)


def _number(value: float, plain: bool, bare: bool = False) -> str:
    if plain:
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value * 100:.0f}" if bare else percent(value)


def when(time: datetime | None) -> str:
    """A time to the minute, in its own zone."""
    return "–" if time is None else moment(time)[:16].replace(" ", "\N{NO-BREAK SPACE}")


def outcome(found: Outcome) -> Markup:
    """A mark and a word."""
    look = LOOK[found]
    words = look.words or {"passed": "passed", "failed": "wrong"}.get(found, found)
    style = {"green": "good", "red": "bad", "yellow": "warn", "magenta": "bad"}.get(
        look.style, "soft"
    )
    return Markup('<span class="{}"><span aria-hidden="true">{}</span> {}</span>').format(
        style, look.mark, words
    )


def clean(text: object) -> Markup:
    """Text of others: marks of direction and commands for terminals are made visible."""
    return escape(safe(str(text)))


FILTERS: dict[str, Callable[..., Any]] = {
    "percent": percent, "figure": figure, "when": when, "outcome": outcome, "clean": clean,
    "plural": plural,
}  # fmt: skip
