"""Charts as SVG, made here: data in, text out, the same bytes for the same data.

Each is one image with a title and a description, for who cannot see it, and its table stands beside
it. Colours are classes of `static/dashboard.css`, for light, dark and forced colours alike; no
style is inline, so a strict policy lets all of it through. Lengths are in user units of a view box;
the page decides how wide that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup, escape

from grader.report.safe import safe

__all__ = ["Interval", "Layered", "bars", "funnel", "intervals", "layers", "quintiles", "sparkline",
           "table", "timeline"]  # fmt: skip

_WIDE = 640
#: Letters of a label that fit into the space on its left; a table has all of it.
_LABEL = 22
_LEFT = 170
_ROW = 26


class Interval(msgspec.Struct, frozen=True):
    """A share with its interval; all are fractions of 1, or between -1 and 1.

    Args:
        value: None where it is undefined.
        few: shown grey.
        href: where its label leads, or "".
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    few: bool = False
    href: str = ""


class Layered(msgspec.Struct, frozen=True):
    """A part of a whole, e.g. how many hand-ins came as far as a layer."""

    label: str
    count: int
    kind: str


def bars(name: str, title: str, found: Sequence[tuple[str, int]], unit: str = "students") -> Markup:
    """A histogram: a bar for each label, with its count on top.

    Args:
        name: unique on the page.
        title: what it shows, a phrase.
    """
    most = max([count for _, count in found], default=0) or 1
    step = _WIDE / max(len(found), 1)
    parts = []
    for i, (label, count) in enumerate(found):
        height = 120 * count / most
        x, middle = i * step + step * 0.12, i * step + step / 2
        parts.append(_rect(x, 140 - height, step * 0.76, height, "c-bar"))
        parts.append(_text(middle, 134 - height, str(count), "c-count", "middle"))
        parts.append(_text(middle, 158, label, "c-label", "middle"))
    parts.append(_line(0, 140, _WIDE, 140, "c-axis"))
    told = "; ".join(f"{label}: {count}" for label, count in found) or "nothing yet"
    return _figure(
        name, title, told, _WIDE, 166, parts, table(title, ("", unit), [[*row] for row in found])
    )


def intervals(name: str, title: str, rows: Sequence[Interval], *, signed: bool = False) -> Markup:
    """A dot for each share, with its interval as a line; from 0 to 1, or from -1 to 1."""
    low, span = (-1.0, 2.0) if signed else (0.0, 1.0)
    wide = _WIDE - _LEFT - 60

    def at(value: float) -> float:
        return _LEFT + wide * (min(max(value, low), low + span) - low) / span

    height, parts = len(rows) * _ROW + 30, list[Markup]()
    for tick in (0, 0.25, 0.5, 0.75, 1) if not signed else (-1, -0.5, 0, 0.5, 1):
        parts.append(_line(at(tick), 4, at(tick), height - 22, "c-grid"))
        text = f"{tick:g}" if signed else f"{tick * 100:.0f} %"
        parts.append(_text(at(tick), height - 6, text, "c-label", "middle"))
    for i, row in enumerate(rows):
        y = i * _ROW + 16
        parts.append(_text(_LEFT - 10, y + 4, row.label, "c-label", "end"))
        if row.value is None:
            parts.append(_text(_LEFT + 4, y + 4, "undefined", "c-few"))
            continue
        grey = " c-few" if row.few else ""
        if row.low is not None and row.high is not None:
            parts.append(_line(at(row.low), y, at(row.high), y, f"c-range{grey}"))
        parts.append(Markup('<circle cx="{}" cy="{}" r="5" class="c-dot{}"/>').format(
            _n(at(row.value)), y, grey))  # fmt: skip
        parts.append(_text(_WIDE - 4, y + 4, _share(row.value, signed), f"c-count{grey}", "end"))
    told = "; ".join(f"{row.label}: {_share(row.value, signed)}" for row in rows) or "nothing yet"
    cells = [
        [row.label, _share(row.value, signed), _share(row.low, signed), _share(row.high, signed)]
        for row in rows
    ]
    return _figure(
        name, title, told, _WIDE, height, parts, table(title, ("", "value", "from", "to"), cells)
    )


def funnel(
    name: str, title: str, steps: Sequence[tuple[str, int, int, bool]], whole: int
) -> Markup:
    """How many reach each step of a course, and pass it.

    Args:
        steps: label, reached, passed, and whether many are lost there.
        whole: students in all.
    """
    wide, most = _WIDE - _LEFT - 90, max(whole, 1)
    parts = []
    for i, (label, reached, passed, cliff) in enumerate(steps):
        y = i * _ROW + 4
        parts.append(_text(_LEFT - 10, y + 14, label, "c-label", "end"))
        parts.append(_rect(_LEFT, y, wide * reached / most, 18, "c-bar2"))
        parts.append(_rect(_LEFT, y + 4, wide * passed / most, 10, "c-bar"))
        mark = "▼ " if cliff else ""
        kind = "c-count c-cliff" if cliff else "c-count"
        parts.append(_text(_LEFT + wide + 8, y + 14, f"{mark}{reached} / {passed}", kind))
    told = "; ".join(
        f"{label}: {reached} of {whole} reached it, {passed} passed"
        + (", many are lost here" if cliff else "")
        for label, reached, passed, cliff in steps
    )
    cells = [[label, reached, passed, "yes" if cliff else ""] for label, reached, passed, cliff
             in steps]  # fmt: skip
    heads = ("", "reached", "passed", "many are lost here")
    height = len(steps) * _ROW + 6
    return _figure(
        name, title, told or "nothing yet", _WIDE, height, parts, table(title, heads, cells)
    )


def layers(name: str, title: str, parts: Sequence[Layered]) -> Markup:
    """One bar in parts, as a whole was divided; each part has its label and count below."""
    whole = sum(part.count for part in parts) or 1
    drawn, x = [], 0.0
    shown = [part for part in parts if part.count]
    for i, part in enumerate(shown):
        width = _WIDE * part.count / whole
        drawn.append(_rect(x, 2, max(width - 2, 1), 34, f"c-layer-{part.kind}"))
        if width > 34:
            drawn.append(_text(x + width / 2 - 1, 24, str(part.count), "c-inside", "middle"))
        column, row = i % 3, i // 3
        left, y = column * _WIDE / 3, 56 + row * 20
        drawn.append(_rect(left, y - 10, 12, 12, f"c-layer-{part.kind}"))
        drawn.append(_text(left + 18, y, f"{part.label}: {part.count}", "c-label"))
        x += width
    told = "; ".join(f"{part.label}: {part.count}" for part in shown) or "nothing yet"
    height = 50 + 20 * -(-len(shown) // 3)
    cells: list[list[str | int]] = [[part.label, part.count] for part in parts]
    return _figure(name, title, told, _WIDE, height, drawn, table(title, ("", "students"), cells))


def quintiles(means: Sequence[float | None], label: str) -> Markup:
    """Five small bars, the weakest fifth of the class first; an empty fifth has none."""
    parts = [_line(0, 23, 52, 23, "c-axis")]
    for i, mean in enumerate(means):
        if mean is not None:
            parts.append(_rect(i * 10.5, 22 - 20 * mean, 8.5, max(20 * mean, 0.6), "c-bar"))
    said = ", ".join("–" if mean is None else f"{mean * 100:.0f} %" for mean in means)
    return _small(52, 24, f"{label}: {said}", parts)


def sparkline(values: Sequence[float | None], label: str) -> Markup:
    """A small line of shares, one after another; a gap where one is undefined."""
    step = 96 / max(len(values) - 1, 1)
    parts, run = [], list[str]()
    for i, value in enumerate([*values, None]):
        if value is None:
            if len(run) > 1:
                parts.append(Markup('<polyline points="{}" class="c-line"/>').format(" ".join(run)))
            elif run:
                x, y = run[0].split(",")
                parts.append(Markup('<circle cx="{}" cy="{}" r="2" class="c-dot"/>').format(x, y))
            run = []
        else:
            run.append(f"{_n(2 + i * step)},{_n(22 - 20 * value)}")
    said = ", ".join("–" if value is None else f"{value * 100:.0f} %" for value in values)
    return _small(100, 24, f"{label}: {said}", parts)


def timeline(name: str, title: str, events: Sequence[tuple[str, int, int]]) -> Markup:
    """Hand-ins one after another: how many exercises each tried (light) and passed (dark).

    Args:
        events: label, tried, passed.
    """
    most = max([tried for _, tried, _ in events], default=0) or 1
    step = min(_WIDE / max(len(events), 1), 80.0)
    parts = [_line(0, 110, _WIDE, 110, "c-axis")]
    for i, (label, tried, passed) in enumerate(events):
        x = i * step + step * 0.15
        for count, kind in ((tried, "c-bar2"), (passed, "c-bar")):
            height = 90 * count / most
            parts.append(_rect(x, 110 - height, step * 0.7, height, kind))
        parts.append(_text(i * step + step / 2, 126, label, "c-label", "middle"))
    told = "; ".join(f"{label}: {passed} of {tried} passed" for label, tried, passed in events)
    cells: list[list[str | int]] = [[label, tried, passed] for label, tried, passed in events]
    return _figure(
        name, title, told or "nothing yet", _WIDE, 134, parts,
        table(title, ("hand-in", "tried", "passed"), cells),
    )  # fmt: skip


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Markup:
    """The numbers of a chart."""
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(text) if text else Markup("<td></td>")
        for text in heads
    )
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            _clean(row[0]),
            Markup("").join(Markup("<td>{}</td>").format(_clean(cell)) for cell in row[1:]),
        )
        for row in rows
    )
    return Markup(
        '<div class="wide" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr>'
        "</thead><tbody>{}</tbody></table></div>"
    ).format(f"Table: {title}", head, body)


def _figure(
    name: str, title: str, told: str, wide: float, high: float, parts: Sequence[Markup],
    numbers: Markup,
) -> Markup:  # fmt: skip
    name = re.sub(r"[^\w-]", "-", name)
    return Markup(
        '<figure class="chart"><figcaption>{title}</figcaption>'
        '<div class="drawn" tabindex="0" role="region" aria-label="Chart: {title}">'
        '<svg viewBox="0 0 {wide} {high}" role="img" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{told}</desc>{parts}</svg></div>'
        "<details><summary>The numbers<span class=\"unseen\"> of: {title}</span></summary>{numbers}"
        "</details></figure>"
    ).format(
        title=_clean(title), wide=_n(wide), high=_n(high), name=name, told=_clean(told),
        parts=Markup("").join(parts), numbers=numbers,
    )  # fmt: skip


def _small(wide: float, high: float, label: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="small" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(_n(wide), _n(high), _clean(label), Markup("").join(parts))


def _rect(x: float, y: float, wide: float, high: float, kind: str) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>').format(
        _n(x), _n(y), _n(wide), _n(high), kind
    )


def _line(x: float, y: float, to_x: float, to_y: float, kind: str) -> Markup:
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>').format(
        _n(x), _n(y), _n(to_x), _n(to_y), kind
    )


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> Markup:
    cut = text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"
    return Markup('<text x="{}" y="{}" class="{}" text-anchor="{}">{}</text>').format(
        _n(x), _n(y), kind, anchor, _clean(cut)
    )


def _clean(text: str | int) -> Markup:
    return escape(safe(str(text)))


def _share(value: float | None, signed: bool = False) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if signed else f"{value * 100:.0f} %"


def _n(value: float) -> str:
    """A number as it is written: at most one decimal, so that the bytes are stable."""
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"
