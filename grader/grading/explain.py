"""Readable messages for suites that use plain `assert` or `numpy.testing`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import numpy as np

from grader.grading.compare import Difference, Mismatch, difference
from grader.grading.wording import is_tensor, short

__all__ = ["explain_assert", "failure"]

_LINES = 3
_FUNCTION = re.compile(r"<[^<>]* at 0x[0-9a-f]+>")
_MODULE = re.compile(r"<module '([\w.]+)'[^<>]*>")


def explain_assert(op: str, left: object, right: object, answers: Sequence[object]) -> list[str]:
    """Lines for a failed `left op right`: pytest puts them behind the word `assert`.

    Args:
        answers: what the student's code returned; the side that is one of them is the answer.
    """
    line = f"{short(left)} {op} {short(right)}"
    if op != "==":
        return [line]
    got, expected = left, right
    if any(value is right for value in answers) and not any(value is left for value in answers):
        got, expected = right, left
    if type(expected).__module__.startswith("_pytest"):  # pytest.approx(…) knows its value
        approx: Any = expected
        found = difference(got, approx.expected, rtol=approx.rel or 1e-6, atol=approx.abs or 1e-12)
    else:
        found = difference(got, expected, rtol=0.0, atol=0.0)
    return [line, *str(found).splitlines()] if found is not None else [line]


def failure(error: BaseException) -> tuple[str, str]:
    """(at most two lines, table) for an exception that a test's own assertion raised."""
    if isinstance(error, Mismatch):
        return _parts(error.difference)
    found = _numpy_testing(error.__traceback__)
    if found is not None:
        return _parts(found)
    text = str(error).strip()
    if text.startswith("DID NOT RAISE"):
        return f"Nothing was raised; expected {_raises(text)}.", ""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if lines and lines[0].startswith("assert "):
        return _plain_assert(lines)
    return "\n".join(line[:160] for line in lines[:2]) or "An assertion does not hold.", ""


def _parts(found: Difference) -> tuple[str, str]:
    lines = [found.headline, found.detail]
    return "\n".join(line for line in lines if line), found.table


def _raises(text: str) -> str:
    """`ValueError` from "DID NOT RAISE ValueError", in the spellings of pytest's versions."""
    names = re.findall(r"[A-Za-z_][\w.]*", text.removeprefix("DID NOT RAISE").replace("class", ""))
    return " or ".join(name.rpartition(".")[2] for name in names) or "an exception"


def _plain_assert(lines: list[str]) -> tuple[str, str]:
    """What pytest's rewriting made of a plain assert: ours if it was `==`, else its first lines."""
    for i, line in enumerate(lines[1:4], 1):
        stripped = line.strip()
        if stripped.startswith(("Wrong ", "Not finite", "Not a finite", "item ")):
            body = [text[2:] if text.startswith("  ") else text for text in lines[i:]]
            body = [text for text in body if not text.lstrip().startswith(("+ ", "+  where"))]
            table = next(
                (k for k, text in enumerate(body) if text.startswith("expected")), len(body)
            )
            return "\n".join(body[:table][:2]), "\n".join(body[table:])
    lines = [_MODULE.sub(r"\1", line) for line in lines]
    names = {}
    for line in lines:
        match = re.fullmatch(r"\s*\+\s+(?:where|and)\s+(<.*>) = (.*)", line)
        if match:
            names[match[1]] = match[2]
    kept = []
    for line in lines:
        if re.fullmatch(r"\s*\+\s+(?:where|and)\s+<.*> = .*", line):
            continue
        for value, name in names.items():
            line = line.replace(value, name)
        kept.append(_FUNCTION.sub("<function>", " ".join(line.replace("+ ", "", 1).split()))[:160])
    return f"This must hold: {kept[0].removeprefix('assert ')}" + "".join(
        f"\n{line}" for line in kept[1:2]
    ), ""


_ACTUAL = (("actual", "desired"), ("x", "y"))


def _numpy_testing(traceback: TracebackType | None) -> Difference | None:
    """The difference behind a failed function of numpy.testing, from the values it was given."""
    while traceback is not None:
        frame = traceback.tb_frame
        if str(frame.f_globals.get("__name__", "")).startswith("numpy.testing"):
            return _between(frame.f_locals)
        traceback = traceback.tb_next
    return None


def _between(values: dict[str, Any]) -> Difference | None:
    for got_name, expected_name in _ACTUAL:
        if got_name in values and expected_name in values:
            got, expected = values[got_name], values[expected_name]
            if is_tensor(got) or not isinstance(
                got, np.ndarray | np.generic | int | float | complex
            ):
                return None
            options = {key: values.get(key) for key in ("rtol", "atol")}
            if not all(
                value is None or isinstance(value, int | float) for value in options.values()
            ):
                options = {}
            return difference(got, expected, **options)
    return None
