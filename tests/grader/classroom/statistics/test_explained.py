"""Each figure that is made somewhere has its explanation."""

from __future__ import annotations

import re

from grader.classroom.statistics.explained import EXPLAINED
from support.places import ROOT


def test_each_name_that_a_figure_is_given_is_explained() -> None:
    named = re.compile(
        r"\b(?:share|mean|undefined|alpha|attempts_to_pass|_passed|upper_lower|efficiency|weights"
        r"|alphas_without)\(\s*\"(\w+)\""
    )
    found = {
        name
        for path in (ROOT / "grader" / "classroom" / "insight").glob("*.py")
        for name in named.findall(path.read_text("utf-8"))
    }
    assert len(found) >= 10
    others = {"discrimination", "discrimination_last", "quintiles", "not_kept"}
    assert found | others == EXPLAINED.keys()


def test_texts_are_whole_sentences() -> None:
    for name, told in EXPLAINED.items():
        assert told.text.endswith("."), name
        assert not told.aim or told.aim.endswith("."), name
