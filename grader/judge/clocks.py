"""Suites that look at the clock: their marks would depend on what else the machine does."""

from __future__ import annotations

import ast
from collections.abc import Iterator

__all__ = ["clock_reads"]

_COUNTERS = ("time", "perf_counter", "monotonic", "process_time", "thread_time")
#: What tells the time, or waits for it.
_CLOCKS = frozenset({
    *(f"time.{name}{unit}" for name in _COUNTERS for unit in ("", "_ns")),
    *(f"time.{name}" for name in ("sleep", "clock_gettime", "clock_gettime_ns", "localtime")),
    *(f"time.{name}" for name in ("gmtime", "ctime", "asctime", "strftime")),
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    "datetime.date.today", "os.times", "timeit.timeit", "timeit.repeat", "timeit.default_timer",
    "timeit.Timer", "asyncio.sleep", "threading.Timer", "resource.getrusage", "signal.alarm",
    "signal.setitimer",
})  # fmt: skip
#: `np.datetime64("now")` does, `np.datetime64("2027-01-01")` does not.
_DATES, _NOW = "numpy.datetime64", ("now", "today")


def clock_reads(text: str) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of each place in a text that looks at the clock.

    Raises:
        SyntaxError: it does not parse.
    """
    nodes = list(ast.walk(ast.parse(text)))
    bound = dict(_bound(nodes))
    found: set[tuple[int, str]] = set()
    for node in nodes:
        if isinstance(node, ast.Name | ast.Attribute):
            name = _dotted(node, bound)
            if name in _CLOCKS:
                found.add((node.lineno, name))
        elif isinstance(node, ast.Call) and _dotted(node.func, bound) == _DATES:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and first.value in _NOW:
                found.add((node.lineno, f"{_DATES}({first.value!r})"))
    yield from sorted(found)


def _bound(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """Name -> the dotted name that an import gives it."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield alias.asname or top, alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
                if alias.name == "*":
                    clocks = (name for name in _CLOCKS if name.startswith(f"{node.module}."))
                    yield from ((name.rpartition(".")[2], name) for name in clocks)


def _dotted(node: ast.expr, bound: dict[str, str]) -> str:
    """The library name that an expression stands for, or ""."""
    if isinstance(node, ast.Name):
        return bound.get(node.id, "")
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value, bound)
        return f"{owner}.{node.attr}" if owner else ""
    if isinstance(node, ast.Call):  # __import__("time").time()
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[0] if node.args else None
        if called == "__import__" and isinstance(first, ast.Constant):
            return str(first.value)
    return ""
