"""Every refusal has a sentence: what is not possible here, and what to do instead."""

from __future__ import annotations

from typing import get_args

import pytest

from grader.judge.refusals import told_refusal
from grader.sandbox.wire.protocol import Raised, Refused


@pytest.mark.parametrize("kind", get_args(Refused))
def test_every_refusal_is_told(kind: Refused) -> None:
    told = told_refusal(Raised("", "", "", refused=kind, file="w.csv"), "OSError: no")
    assert ("where this is graded" in told) == bool(kind)
    assert "{" not in told
    assert ("w.csv" in told) == (kind in ("read", "write", "map", "folder"))


def test_without_a_name() -> None:
    assert told_refusal(Raised("", "", "", refused="write"), "").startswith("No file can be")
    assert told_refusal(Raised("", "", "", refused="map"), "").startswith("A file is in memory")
