"""Readable messages for suites that use plain `assert`, `numpy.testing` or `torch.testing`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from types import FrameType
from typing import Any, NamedTuple

import numpy as np

from grader.judge.comparing.asserts import WIDEST, arguments_of, broken_rule, tidied
from grader.judge.comparing.compare import Difference, Mismatch, difference
from grader.judge.comparing.statement import MISSING, Statement
from grader.judge.comparing.wording import array_of, describe, short
from grader.sandbox.wire.values import is_tensor

__all__ = ["Comparison", "compared", "failure", "library_difference", "sides_of"]

#: How pytest says that an exception has another text than `match` asks for.
_MATCH = re.compile(r"(?:Expected regex|Regex): (.*)\n\s*(?:Actual message|Input): (.*)")


class Comparison(NamedTuple):
    """A failed `left op right` in a plain assert, and how the two differ, if that can be said."""

    op: str
    left: object
    right: object
    difference: Difference | None


def compared(op: str, left: object, right: object, answers: Sequence[object]) -> Comparison:
    """What a failed `left op right` came to.

    Args:
        answers: what the student's code returned; the side that is one of them is the answer.
    """
    return Comparison(op, left, right, _compared(op, left, right, answers))


def _compared(op: str, left: object, right: object, answers: Sequence[object]) -> Difference | None:
    if op == "is not" and left is None and right is None:
        return Difference("type", "Wrong answer: got None where there must be something.")
    if op == "is" and (right is None or isinstance(right, bool)):
        headline = f"Wrong type: expected {right} itself, got {describe(left)}."
        return difference(left, right, rtol=0.0, atol=0.0) or Difference("type", headline)
    if op != "==":
        return None
    got, expected = _sides(left, right, answers)
    rtol, atol = next(_tolerances(expected), (0.0, 0.0))
    with suppress(Exception):  # a suite may compare anything: words for it must not end the test
        return difference(got, _exact(expected), rtol=rtol, atol=atol, kinds=False)
    return None


def failure(
    error: BaseException,
    found: Sequence[Comparison] = (),
    answers: Sequence[object] = (),
    statement: Statement | None = None,
) -> tuple[str, str]:
    """(at most two lines, table) for an exception that a test's own assertion raised.

    Args:
        found: the comparisons of plain asserts that failed.
        answers: what the student's code returned.
        statement: the one that failed.
    """
    if isinstance(error, Mismatch):
        return _parts(error.difference)
    between = library_difference(error, answers)
    if between is not None:
        return _parts(between)
    text = str(error).strip()
    if text.startswith("DID NOT RAISE"):
        return _nothing_raised(text, answers), ""
    match = _MATCH.search(text) if text.startswith("Regex pattern did not match") else None
    if match is not None:
        expected = (statement and statement.expected_error) or "an exception"
        return f"Expected {expected} with a message like {match[1]}, got {match[2]}.", ""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    start = next((i for i, line in enumerate(lines) if line.startswith("assert ")), None)
    if start is None:
        return "\n".join(line[:WIDEST] for line in lines[:2]) or "An assertion does not hold.", ""
    own = lines[:1] if start else []  # `assert …, "a sentence"`
    told = None if lines[start].startswith("assert not ") else _only(found, statement)
    if told is None:
        last = answers[-1] if answers else MISSING
        plain = tidied(lines[start:], statement, last) if not found else tidied(lines[start:])
        if not isinstance(plain, Difference):
            return "\n".join([*own, *plain]), ""
        told = plain
    text, table = _parts(told)
    return "\n".join([*own, text]), table


def _only(found: Sequence[Comparison], statement: Statement | None) -> Difference | None:
    """What the comparison of an assert asks for that decides; of several, it may be open which.

    An assert that is a comparison as a whole is decided by it, and it is heard last.
    """
    whole = statement is not None and statement.is_comparison
    if len(found) != 1 and not (found and whole):
        return None
    it = found[-1]
    with suppress(Exception):  # as in `compared`
        return it.difference or broken_rule(it.op, it.left, it.right, statement)
    return None


def _nothing_raised(text: str, answers: Sequence[object]) -> str:
    if not answers:
        return f"Nothing was raised; expected {_raises(text)}."
    returned = short(answers[-1])
    if "…" in returned or returned.startswith(("<", "array of", "tensor of")):
        returned = describe(answers[-1])
    return f"Expected {_raises(text)}, but it returned {returned}."


def sides_of(
    error: BaseException,
    found: Sequence[Comparison] = (),
    statement: Statement | None = None,
) -> list[object]:
    """The values that were compared when an assertion failed, the answer first where it is known.

    Args:
        found: the comparisons of plain asserts that failed.
        statement: the one that failed.
    """
    if isinstance(error, Mismatch):
        return list(error.compared)
    pair = next(_library_frames(error), None)
    if pair is not None:
        return [pair[0].f_locals[name] for name in _pair(pair[0].f_locals)]
    sides = [side for it in found for side in (it.left, it.right)]
    return sides or arguments_of(statement)


def _parts(found: Difference) -> tuple[str, str]:
    lines = [found.headline, found.detail]
    return "\n".join(line for line in lines if line), found.table


def _raises(text: str) -> str:
    """`ValueError` from "DID NOT RAISE ValueError", in the spellings of pytest's versions."""
    words = re.findall(r"[A-Za-z_][\w.]*", text.removeprefix("DID NOT RAISE"))
    names = [word for word in words if word not in ("any", "of", "class")]
    return " or ".join(name.rpartition(".")[2] for name in names) or "an exception"


def _sides(left: Any, right: Any, answers: Sequence[object]) -> tuple[Any, Any]:
    """(answer, expected): the answer stands on the left, unless only the right is known for one."""
    if any(True for _ in _tolerances(left)):  # pytest.approx is never an answer
        return right, left
    if any(value is right for value in answers) and not any(value is left for value in answers):
        return right, left
    return left, right


# --- pytest.approx ---------------------------------------------------------------------------


def _is_approx(value: Any) -> bool:
    return type(value).__module__.startswith("_pytest") and hasattr(value, "expected")


def _tolerances(value: Any) -> Iterator[tuple[float, float]]:
    """(rtol, atol) of every pytest.approx in a value, by pytest's own defaults."""
    if _is_approx(value):
        rel, absolute = value.rel, value.abs
        if rel is None:
            rel = 1e-6 if absolute is None else 0.0
        yield float(rel), float(1e-12 if absolute is None else absolute)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _tolerances(item)
    elif isinstance(value, dict):
        yield from _tolerances(list(value.values()))


def _exact(value: Any) -> Any:
    """A value with what each pytest.approx in it stands for."""
    if _is_approx(value):
        return value.expected
    if type(value) in (list, tuple):
        return type(value)(map(_exact, value))
    if type(value) is dict:
        return {key: _exact(item) for key, item in value.items()}
    return value


# --- numpy.testing and torch.testing ------------------------------------------------------------

#: What each library's functions allow by their own documentation: decimals, and (rtol, atol).
_NUMPY_EXACT = {"assert_equal", "assert_array_equal"}
_NUMPY_DECIMAL = {"assert_almost_equal": 7, "assert_array_almost_equal": 6}
_TORCH_TOLERANCES = {"float16": (1e-3, 1e-5), "bfloat16": (1.6e-2, 1e-5), "float32": (1.3e-6, 1e-5)}


def library_difference(error: BaseException, answers: Sequence[object] = ()) -> Difference | None:
    """The difference behind a failed function of a library's, from the values it was given."""
    for frame, is_torch in _library_frames(error):
        with suppress(Exception):  # as in `compared`
            found = _between(frame, is_torch, answers)
            if found is not None:
                return found
    return None


def _library_frames(error: BaseException) -> Iterator[tuple[FrameType, bool]]:
    """The frames in numpy.testing and torch.testing, outermost first; whether they are torch's."""
    traceback = error.__traceback__
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__", ""))
        if module.startswith(("numpy.testing", "torch.testing")):
            yield traceback.tb_frame, module.startswith("torch")
        traceback = traceback.tb_next


def _pair(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the two that are compared, among those of a library's frame."""
    pairs = (("actual", "expected"), ("actual", "desired"), ("x", "y"))
    return next((pair for pair in pairs if pair[0] in values and pair[1] in values), ())


def _between(frame: FrameType, is_torch: bool, answers: Sequence[object]) -> Difference | None:
    values = frame.f_locals
    name = frame.f_code.co_name
    pair = _pair(values)
    terms = _torch_terms(name, values) if is_torch else _numpy_terms(name, values)
    if not pair or terms is None:
        return None
    left, right = values[pair[0]], values[pair[1]]
    turned = any(value is right for value in answers) and not any(v is left for v in answers)
    got, expected = (right, left) if turned else (left, right)
    if not is_torch:
        got, expected = _as_numpy_sees(got, expected)
    dtype = expected.dtype if is_torch and is_tensor(expected) and is_tensor(got) else None
    return difference(got, expected, rtol=terms[0], atol=terms[1], dtype=dtype, kinds=is_torch)


def _numpy_terms(name: str, values: dict[str, Any]) -> tuple[float, float] | None:
    """(rtol, atol) that one of numpy.testing's functions allows; None for one we do not know."""
    if name in _NUMPY_EXACT:
        return 0.0, 0.0
    if name in _NUMPY_DECIMAL:
        return 0.0, 1.5 * 10.0 ** -int(values.get("decimal", _NUMPY_DECIMAL[name]))
    if name == "assert_allclose":
        return float(values["rtol"]), float(values["atol"])
    return None


def _torch_terms(name: str, values: dict[str, Any]) -> tuple[float, float] | None:
    if name != "assert_close":
        return None
    if values.get("rtol") is not None and values.get("atol") is not None:
        return float(values["rtol"]), float(values["atol"])
    dtypes = [str(getattr(values[key], "dtype", "")) for key in ("actual", "expected")]
    known = [_TORCH_TOLERANCES.get(dtype.removeprefix("torch.")) for dtype in dtypes]
    return max((terms for terms in known if terms is not None), default=(1e-7, 1e-7))


def _as_numpy_sees(got: Any, expected: Any) -> tuple[Any, Any]:
    """numpy.testing takes a list for an array, a tuple for a list, and one number for many."""
    got, expected = _plain(got), _plain(expected)
    if isinstance(got, list | tuple) and isinstance(expected, list | tuple):
        return _lists(got), _lists(expected)
    left, right = _numbers(got), _numbers(expected)
    if left is None or right is None:
        return got, expected
    if not left.ndim or not right.ndim:
        left, right = np.broadcast_arrays(left, right)
    return left, right


def _plain(value: Any) -> Any:
    """An array that holds no numbers as what it was made of."""
    is_other = isinstance(value, np.ndarray) and value.dtype.kind not in "biufc"
    return value.tolist() if is_other else value


def _numbers(value: Any) -> Any:
    """A number, an array, a tensor or a list of numbers as an array; None for all else."""
    if isinstance(value, list | tuple):
        with suppress(ValueError):  # lists of different lengths are no array
            array = np.asarray(value)
            return array if array.dtype.kind in "biufc" else None
        return None
    numbers = np.ndarray | np.generic | int | float | complex
    return array_of(value) if isinstance(value, numbers) or is_tensor(value) else None


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value
