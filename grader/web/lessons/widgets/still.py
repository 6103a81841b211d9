"""A visualizer without a script: the picture of its first state, and its numbers as tables.

For print, for readers of plain pages, and until the script has come. Presentation attributes and
`currentColor` only: a strict Content-Security-Policy refuses `style`. Pure arithmetic, no NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from grader.web.lessons.widgets import assets

__all__ = ["figure"]

Vector = Sequence[float]
Matrix = Sequence[Vector]
Map = Callable[[float, float], tuple[float, float]]

#: Edge of a picture in its own units, and how many of them one unit of the plane is.
_SIZE, _UNIT = 260, 20
_F = ((0.25, 0.2), (0.25, 0.9), (0.75, 0.9), (0.75, 0.75), (0.42, 0.75), (0.42, 0.6), (0.65, 0.6),
      (0.65, 0.46), (0.42, 0.46), (0.42, 0.2))  # fmt: skip


def figure(name: str, options: Mapping[str, Any] | None = None) -> str:
    """A `<figure>` for the state that `options` and the visualizer's defaults give.

    What is missing or of another form in `options` is taken from the defaults.

    Raises:
        UsageError: there is no visualizer of that name.
    """
    visualizer = assets.get(name)
    state = dict(visualizer.defaults)
    state |= {key: value for key, value in (options or {}).items() if key in state}
    if str(state["mode"]) not in visualizer.modes:
        state["mode"] = visualizer.defaults["mode"]
    try:
        inside = _DRAWN[name](state)
    except (ArithmeticError, IndexError, KeyError, TypeError, ValueError):
        inside = _DRAWN[name](dict(visualizer.defaults))
    mode = visualizer.modes[state["mode"]]
    caption = f"<figcaption>{escape(visualizer.title)}: {escape(mode)}</figcaption>"
    return f'<figure class="wxb-still">{caption}{inside}</figure>'


# ---- pictures


def _number(x: float) -> str:
    text = f"{round(x, 3) + 0.0:g}"
    return text.replace("-", "−")


def _at(x: float, y: float) -> tuple[str, str]:
    return f"{_SIZE / 2 + x * _UNIT:.1f}", f"{_SIZE / 2 - y * _UNIT:.1f}"


def _line(start: Vector, end: Vector, more: str = "") -> str:
    (a, b), (c, d) = _at(*start), _at(*end)
    return f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" stroke="currentColor" {more}/>'


def _polygon(points: Sequence[Vector], more: str = "") -> str:
    corners = " ".join(",".join(_at(x, y)) for x, y in points)
    return f'<polygon points="{corners}" fill="none" stroke="currentColor" {more}/>'


def _arrow(end: Vector, label: str, start: Vector = (0, 0), dashed: bool = False) -> str:
    (x, y), (p, q) = end, start
    long = math.hypot(x - p, y - q)
    drawn = _line(start, end, 'stroke-width="2"' + (' stroke-dasharray="4 3"' if dashed else ""))
    if long:
        u, v = (x - p) / long, (y - q) / long
        base = (x - 0.4 * u, y - 0.4 * v)
        sides = [(x, y), (base[0] - 0.15 * v, base[1] + 0.15 * u)]
        sides.append((base[0] + 0.15 * v, base[1] - 0.15 * u))
        drawn += _polygon(sides).replace('fill="none"', 'fill="currentColor"')
    away = math.hypot(x, y) or 1
    a, b = _at(x + 0.7 * x / away, y + 0.7 * y / away)
    return drawn + f'<text x="{a}" y="{b}" font-size="11" text-anchor="middle">{label}</text>'


def _plane(label: str, *parts: str) -> str:
    grid = "".join(
        _line((i, -6), (i, 6), 'opacity="0.15"') + _line((-6, i), (6, i), 'opacity="0.15"')
        for i in range(-6, 7)
    )
    axes = _line((0, -6), (0, 6), 'opacity="0.6"') + _line((-6, 0), (6, 0), 'opacity="0.6"')
    return (
        f'<svg viewBox="0 0 {_SIZE} {_SIZE}" width="{_SIZE}" height="{_SIZE}" role="img" '
        f'fill="currentColor" aria-label="{escape(label)}">{grid}{axes}{"".join(parts)}</svg>'
    )


# ---- tables


def _table(caption: str, rows: Matrix) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{_number(x)}</td>' for x in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><tbody>{cells}</tbody></table>"


def _listed(**values: float | Vector) -> str:
    """Named numbers and vectors, one in a row."""
    rows = []
    for key, value in values.items():
        numbers = [value] if isinstance(value, (int, float)) else value
        text = ", ".join(_number(x) for x in numbers)
        shown = text if isinstance(value, (int, float)) else f"({text})"
        rows.append(
            f'<tr><th scope="row">{escape(key.replace("_", " "))}</th><td>{shown}</td></tr>'
        )
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


# ---- arithmetic


def _dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _times(A: Matrix, B: Matrix) -> list[list[float]]:
    return [[_dot(row, column) for column in zip(*B, strict=True)] for row in A]


def _flipped(A: Matrix) -> list[list[float]]:
    return [list(row) for row in zip(*A, strict=True)]


# ---- one function for each visualizer


def _vector(s: dict[str, Any]) -> str:
    a, b, c = list(s["a"]), list(s["b"]), float(s["c"])
    length = math.hypot(*a)
    if s["mode"] == "length":
        return _plane(f"The vector a = {a}", _arrow(a[:2], "a")) + _listed(a=a, length=length)
    if s["mode"] == "unit":
        u = [x / length for x in a] if length else [0.0, 0.0]
        drawn = _plane(
            "a and its unit vector u", _arrow(a[:2], "a", dashed=True), _arrow(u[:2], "u")
        )
        return drawn + _listed(a=a, length=length, u=u)
    if s["mode"] == "scale":
        out = [c * x for x in a]
        return _plane("a and c a", _arrow(out, "c a", dashed=True), _arrow(a, "a")) + _listed(
            a=a, c=c, c_a=out
        )
    sign = 1 if s["mode"] == "add" else -1
    out = [x + sign * y for x, y in zip(a, b, strict=True)]
    name = "a + b" if sign == 1 else "a − b"
    return _plane(
        f"a, b and {name}", _arrow(a, "a"), _arrow(b, "b"), _arrow(out, name, dashed=True)
    ) + _listed(a=a, b=b, **{name: out})


def _dot_product(s: dict[str, Any]) -> str:
    if s["mode"] == "neuron":
        w, X = s["w"], s["X"]
        marks = [_arrow(x, str(i + 1), dashed=True) for i, x in enumerate(X)]
        bias = float(s["bias"])
        sum_of = f"{{}}{f' + {_number(bias)}' if bias else ''}"
        found = {sum_of.format(f"w · x{i + 1}"): _dot(w, x) + bias for i, x in enumerate(X)}
        return _plane("w and four inputs", _arrow(w, "w"), *marks) + _listed(w=w, **found)
    a, b = s["a"], s["b"]
    product, lengths = _dot(a, b), math.hypot(*a) * math.hypot(*b)
    more = {"cosine": product / lengths} if lengths else {}
    return _plane("a and b", _arrow(a, "a"), _arrow(b, "b")) + _listed(
        a=a, b=b, **{"a · b": product}, **more
    )


def _warp(s: dict[str, Any]) -> str:
    W, x, shift = s["W"], s["x"], (0.0, 0.0)
    if s["mode"] == "compose":
        W = _times(s["W"], s["A"])
    elif s["mode"] == "affine":
        shift = s["b"]
    elif s["mode"] == "shears":
        p, q, r = s["k"]
        W = _times([[1, r], [0, 1]], _times([[1, 0], [q, 1]], [[1, p], [0, 1]]))

    def to(px: float, py: float) -> tuple[float, float]:
        return (_dot(W[0], (px, py)) + shift[0], _dot(W[1], (px, py)) + shift[1])

    def drawn(label: str, f: Map, name: str) -> str:
        square = [f(*corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))]
        return _plane(label, _polygon(square), _polygon([f(*p) for p in _F]), _arrow(f(*x), name))

    det = W[0][0] * W[1][1] - W[0][1] * W[1][0]
    return (
        drawn("The plane before", lambda px, py: (px, py), "x")
        + drawn("The plane after", to, "W x")
        + _table("The matrix", W)
        + _listed(x=x, image=to(*x), determinant=det)
    )


def _matmul(s: dict[str, Any]) -> str:
    layer = s["mode"] == "layer"
    if s["mode"] in ("rows", "columns"):
        column = [[value] for value in s["x"]]
        shown = _table("W", s["A"]) + _table("x", column)
        if len(s["A"][0]) != len(column):
            return f"{shown}<p>W has {len(s['A'][0])} columns, x {len(column)} entries.</p>"
        return shown + _table("W x", _times(s["A"], column))
    left, right = s["A"], _flipped(s["W"]) if layer else s["B"]
    shown = _table("X" if layer else "A", left)
    shown += _table("W, as stored", s["W"]) if layer else _table("B", right)
    if len(left[0]) != len(right):
        return f"{shown}<p>The inner sizes {len(left[0])} and {len(right)} differ: no product.</p>"
    return shown + _table("X Wᵀ" if layer else "A B", _times(left, right))


def _forward(s: dict[str, Any]) -> str:
    product = _times(s["X"], _flipped(s["W"]))
    shifted = [[x + y for x, y in zip(row, s["b"], strict=True)] for row in product]
    kinds: dict[str, Callable[[float], float]] = {
        "none": lambda z: z,
        "relu": lambda z: max(z, 0.0),
        "sigmoid": lambda z: 0.5 * (1 + math.tanh(z / 2)),
    }
    act = kinds[s["activation"]]
    given = _table("X", s["X"]) + _table("W, as stored", s["W"]) + _table("b", [s["b"]])
    answer = [[act(z) for z in row] for row in shifted]
    return given + _table("Z = X Wᵀ + b", shifted) + _table("the answer", answer)


def _broadcast(s: dict[str, Any]) -> str:
    left, right = list(s["left"]), list(s["right"])
    rank = max(len(left), len(right))
    rows = [[1] * (rank - len(shape)) + shape for shape in (left, right)]
    pairs = list(zip(*rows, strict=True))
    fits = all(m == n or 1 in (m, n) for m, n in pairs)
    drawn = _table("Shapes, lined up from the right", rows)
    if not fits:
        return drawn + "<p>These shapes do not fit: an error.</p>"
    return drawn + _listed(shape_of_the_sum=[max(p) if 0 not in p else 0 for p in pairs])


def _reshape(s: dict[str, Any]) -> str:
    rows, columns = s["shape"]
    X = [[i * columns + j + 1 for j in range(columns)] for i in range(rows)]
    return (
        _table("Memory", [[x for row in X for x in row]])
        + _table("X", X) + _table("X.T", _flipped(X))
    )  # fmt: skip


_DRAWN: dict[str, Callable[[dict[str, Any]], str]] = {
    "broadcast": _broadcast,
    "dot": _dot_product,
    "forward": _forward,
    "matmul": _matmul,
    "reshape": _reshape,
    "vector": _vector,
    "warp": _warp,
}
