"""What one answer says about one idea: the student's, the right one and the idea's side by side.

Two answers agree if both raise the same class of exception; or if kind and shape agree, the
arguments were left alike, and the numbers lie together: |s - m| is small beside |s - r|, where s is
the student's, m the idea's and r the right one. A nan is a nan, an infinity itself. Integers and
fractions are alike while the numbers are wrong: who made floats first may still hold an idea that
shows on integers. Where the numbers are right, dtype and warnings tell: they are manners.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np

from grader.judge.comparing.compare import tolerance
from grader.judge.comparing.wording import array_of
from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.evidence import Level, Sign
from grader.sandbox.wire.nodes import HandleNode, Remote, node_of
from grader.sandbox.wire.values import identical, is_tensor

__all__ = ["Standing", "agrees", "alike", "is_exact", "is_narrow", "is_single", "same", "sign"]

#: How near the idea's number must be, as a share of the student's distance from the right one, by
#: bytes of the less precise dtype.
_CLOSENESS = {2: 1e-2, 4: 1e-3, 8: 1e-6}
#: Relative tolerance for roundings alone, by bytes of the less precise dtype.
_ROUNDING = {2: 1e-2, 4: 1e-6, 8: 1e-13}
_FLOAT_TOLERANCE = tolerance(np.float64(0), np.float64(0))
_SINGLE_TOLERANCE = tolerance(np.float32(0), np.float32(0))
#: Kinds of values, as tuples: a union would be made anew at each of some thousand looks.
_SEQUENCES, _CONTAINERS = (list, tuple), (list, tuple, dict)
_ARRAYS, _STAYED = (np.ndarray, np.generic), (Remote, HandleNode)
_NUMERIC = (bool, int, float, complex, np.ndarray, np.number, np.bool_)


class Standing(msgspec.Struct, frozen=True):
    """What is known of an answer before it is held beside an idea's.

    Args:
        accepted: the test passed, so that the student's answer is right whatever it is.
        right: the student's answer is the reference's, or accepted.
        idea_right: the idea's answer is the reference's.
        single: as in `agrees`.
        strict: as in `agrees`.
    """

    accepted: bool
    right: bool
    idea_right: bool
    single: bool = False
    strict: bool = False


def sign(s: Told, r: Told, m: Told, standing: Standing) -> tuple[Sign, Level]:
    """What an answer says, and on which level."""
    accepted, single, strict = standing.accepted, standing.single, standing.strict
    idea_is_right, student_is_right = standing.idea_right, standing.right
    if idea_is_right and student_is_right:
        return _manner(s, r, m, accepted)
    if not idea_is_right and agrees(s, r, m, single, strict):
        if accepted:
            return "silent", "value"
        return "explained", _level_of_the_same(s, r)
    if student_is_right:
        return "against", "guard" if r.error or _fails(r, m) else "value"
    if r.error:
        return "apart" if s.error or m.error else "other", "guard"
    if s.error and m.error:
        return "silent", "crash"
    parted = s.error or m.error or _fails(r, s) or _fails(r, m)
    return "apart" if parted else "other", "value"


def _level_of_the_same(s: Told, r: Told) -> Level:
    if r.error:
        return "guard"
    return "crash" if s.error else "value"


def _manner(s: Told, r: Told, m: Told, accepted: bool) -> tuple[Sign, Level]:
    """The same where the values are right. A manner that nobody asked for says nothing."""
    if r.error or _manners(m) == _manners(r):
        polite = r.error or accepted or _manners(s) == _manners(r)
        return "silent" if polite else "other", "manner"
    if _manners(s) == _manners(r):
        return "against", "manner"
    return "silent" if accepted or _manners(s) != _manners(m) else "explained", "manner"


def _manners(told: Told) -> tuple[Any, frozenset[str]]:
    """The dtypes of arrays and tensors, and the warnings on the way to them."""
    return _dtypes(told.value), told.warnings


def _dtypes(value: Any) -> Any:
    if type(value) in (list, tuple):
        return list(map(_dtypes, value))
    precise = is_tensor(value) or (isinstance(value, np.ndarray) and value.ndim)
    return str(value.dtype) if precise else ""


def is_exact(s: Told, m: Told) -> bool:
    """Whether two answers are the same to the last bit: roundings tell one formula from another."""
    return not s.error and not m.error and identical(s.value, m.value)


def agrees(s: Told, r: Told, m: Told, single: bool = False, strict: bool = False) -> bool:
    """Whether the student's answer is the idea's, given the reference's.

    Args:
        single: the question was about numbers of single precision: answers may be rounded so.
        strict: the test asks for more than is usual: nothing but roundings is forgiven.
    """
    if s.error or m.error:
        return s.error == m.error
    right = None if r.error else r.value
    args = zip(s.args, m.args, strict=False)  # of what is no call there are none to compare
    return same(s.value, right, m.value, single, strict) and all(_same_args(*pair) for pair in args)


def alike(r: Told, m: Told, single: bool = False) -> bool:
    """Whether an answer is the reference's, to the manners."""
    return agrees(m, r, r, single) and (bool(r.error) or _manners(m) == _manners(r))


def is_single(value: Any) -> bool:
    """Whether there are fractions of single precision, or less, somewhere in a value."""
    if isinstance(value, _CONTAINERS):
        return any(map(is_single, value.values() if isinstance(value, dict) else value))
    if is_tensor(value):
        return bool(value.is_floating_point()) and value.element_size() < 8
    precise = isinstance(value, _ARRAYS)
    return precise and value.dtype.kind == "f" and value.dtype.itemsize < 8


def is_narrow(value: Any) -> bool:
    """Whether there are integers of less than eight bytes in a value, which wrap round early."""
    if isinstance(value, _CONTAINERS):
        return any(map(is_narrow, value.values() if isinstance(value, dict) else value))
    if is_tensor(value):
        floats = value.is_floating_point() or value.is_complex()
        return not floats and value.element_size() < 8 and "bool" not in str(value.dtype)
    narrow = isinstance(value, _ARRAYS) and value.dtype.itemsize < 8
    return narrow and value.dtype.kind in "iu"


def _fails(r: Told, m: Told) -> bool:
    """Whether an answer is nan or infinite where the reference's is a number."""
    return not (r.error or m.error) and _is_finite(r.value) and not _is_finite(m.value)


def _is_finite(value: Any) -> bool:
    """Whether there is neither nan nor infinity in a value."""
    if isinstance(value, _CONTAINERS):
        return all(map(_is_finite, value.values() if isinstance(value, dict) else value))
    if not _numeric(value) or isinstance(value, int):
        return True
    numbers = array_of(value)
    return numbers.dtype.kind not in "fc" or bool(np.isfinite(numbers).all())


def _same_args(a: Any, b: Any) -> bool:
    """The same changes to the arguments; what stayed in the worker is None on one side."""
    if a is None or b is None or identical(a, b):
        return True
    if isinstance(a, _SEQUENCES) and isinstance(b, _SEQUENCES):
        return len(a) == len(b) and all(map(_same_args, a, b))
    return same(a, None, b)


# --- values ---------------------------------------------------------------------------------


def same(s: Any, r: Any, m: Any, loose: bool = False, strict: bool = False) -> bool:
    """Kind and shape agree, and |s - m| is small beside |s - r|.

    Args:
        loose: numbers may be rounded to single precision, for the question was, or for it is the
            container that is wrong.
        strict: nothing but roundings is forgiven.
    """
    if isinstance(s, _STAYED) or isinstance(m, HandleNode):
        return _kind(s) == _kind(m)
    if isinstance(s, _SEQUENCES):
        if type(s) is not type(m) or len(s) != len(m):
            return False
        loose = loose or not isinstance(r, _SEQUENCES)
        rs = r if _has_items(r, len(s)) else [None] * len(s)
        return all(same(*each, loose, strict) for each in zip(s, rs, m, strict=True))
    if isinstance(s, dict):
        rd = r if isinstance(r, dict) else {}
        return (
            isinstance(m, dict)
            and s.keys() == m.keys()
            and all(same(value, rd.get(key), m[key], loose, strict) for key, value in s.items())
        )
    if not (_numeric(s) and _numeric(m)):
        alike = type(s) is type(m) or (isinstance(s, str) and isinstance(m, str))
        return alike and bool(s == m)
    if type(s) is float and type(m) is float and type(r) is float and math.isfinite(s):
        return _close_floats(s, r, m, loose, strict)
    if is_tensor(s) != is_tensor(m):
        return False
    if isinstance(s, np.ndarray) and s.ndim and not isinstance(m, np.ndarray):
        return False
    return _close(array_of(s), array_of(r) if _numeric(r) else None, array_of(m), loose, strict)


def _has_items(r: Any, count: int) -> bool:
    """Whether the right answer has as many items: a list of the right numbers is off by nothing."""
    if isinstance(r, np.ndarray) or is_tensor(r):
        return bool(r.ndim) and len(r) == count
    return isinstance(r, _SEQUENCES) and len(r) == count


def _kind(value: Any) -> str:
    node = node_of(value) if isinstance(value, Remote) else value
    return node.kind if isinstance(node, HandleNode) else f"data:{type(value).__name__}"


def _numeric(value: Any) -> bool:
    return isinstance(value, _NUMERIC) or is_tensor(value)


def _close_floats(s: float, r: float, m: float, loose: bool, strict: bool) -> bool:
    """`_close` for plain numbers, which most answers are, without arrays on the way."""
    rtol, atol = _SINGLE_TOLERANCE if loose else _FLOAT_TOLERANCE
    if strict:
        rtol, atol = _ROUNDING[4 if loose else 8], 0.0
    allowed = atol + rtol * abs(s)
    if allowed < abs(s - r) < math.inf:
        allowed = _CLOSENESS[4 if loose else 8] * abs(s - r)
    return abs(s - m) <= allowed


def _close(s: Any, r: Any, m: Any, loose: bool, strict: bool) -> bool:
    if s.shape != m.shape:
        return False
    if s.dtype == m.dtype and s.dtype.kind in "biufc" and (s == m).all():
        return True  # the usual case, at a fraction of the cost
    asked_for_truth = r is None or r.dtype.kind == "b"
    if asked_for_truth and (s.dtype.kind == "b") != (m.dtype.kind == "b"):
        return False
    if "O" in (s.dtype.kind, m.dtype.kind):  # an integer that no dtype holds
        return bool(np.all(s == m))
    if not {s.dtype.kind, m.dtype.kind} <= set("biufc"):  # text
        return s.dtype.kind == m.dtype.kind and bool(np.all(s == m))
    sizes = [a.dtype.itemsize for a in (s, m) if a.dtype.kind == "f"]
    tau = _CLOSENESS.get(min([*sizes, 4 if loose else 8]), _CLOSENESS[8])
    kind = np.complex128 if "c" in (s.dtype.kind, m.dtype.kind) else np.float64
    rtol, atol = max(tolerance(s, m), _SINGLE_TOLERANCE if loose else (0.0, 0.0))
    if strict:
        rtol, atol = _ROUNDING.get(min([*sizes, 4 if loose else 8]), _ROUNDING[8]), 0.0
    s, m = s.astype(kind), m.astype(kind)
    with np.errstate(all="ignore"):
        allowed = atol + rtol * np.abs(s)
        if r is not None and r.shape == s.shape and r.dtype.kind in "biuf":
            off = np.abs(s - r.astype(kind))
            allowed = np.where((off > allowed) & np.isfinite(off), tau * off, allowed)
        near = (np.abs(s - m) <= allowed) & np.isfinite(s)  # no number is near an infinite one
    same = (s == m) | (np.isnan(s) & np.isnan(m))
    return bool(np.all(near | same))
