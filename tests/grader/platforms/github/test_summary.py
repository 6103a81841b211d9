"""The summary's Markdown holds our headings and table, whatever students wrote, and fits."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.course.outline import Feedback
from grader.platforms.github.summary import MOST, to_summary
from grader.report.model import ExerciseResult, Report
from grader.report.model import TestResult as OneTest

EVERYTHING = Feedback("everything")
HOSTILE = [
    "```\n# out\n", "````text", "</details><script>", "![a](b)", "[a](http://b)", "|", "\n\n# head",
    "\n---\n", "<!--", "http://a.b", "@everyone", "\x1b[2J", "\u202e", "`", "\r", "\n", "    a",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=6))).map("".join)
#: What a Markdown document of ours is made of, and nothing else.
OURS = {
    "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "fence",
    "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close",
    "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip


def report(text: str, count: int = 1) -> Report:
    test = OneTest("test_secret", f"T {text}", "failed", Decimal(0), Decimal(1), text, 0.0, text)
    each = ExerciseResult("e", "u", f"E {text}", "failed", Decimal(0), Decimal(1), (test,))
    exercises = tuple(msgspec.structs.replace(each, id=f"e{number}") for number in range(count))
    return Report(
        course=f"C {text}", suite="", grader="0", isolation="full", student=text, submission="",
        earned=Decimal(0), possible=Decimal(count), exercises=exercises, notes=(f"N {text}",),
    )  # fmt: skip


@given(TEXTS)
def test_nothing_breaks_out(text: str) -> None:
    data = to_summary(report(text), EVERYTHING, handout=False)
    tokens = MarkdownIt("commonmark").enable("table").parse(data.decode())
    assert {token.type for token in tokens} <= OURS
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "text_special"}
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == ["h2", "h3"]
    assert sum(token.type == "fence" for token in tokens) == 1
    rows = sum(token.type == "tr_open" for token in tokens)
    assert rows == 2
    assert "\x1b" not in data.decode()


def test_what_does_not_fit_is_left_out() -> None:
    assert MOST == 1024 * 1024  # what GitHub takes
    judged, room = report("é" * 300, 30), 20_000
    whole = to_summary(judged, EVERYTHING, handout=False)
    assert room < len(whole) < MOST
    data = to_summary(judged, EVERYTHING, handout=False, most=room)
    assert room // 2 < len(data) <= room
    assert "left out: GitHub takes no longer summary." in data.decode()
    assert to_summary(judged, EVERYTHING, handout=False, most=10) == b""


@pytest.mark.parametrize("hidden", ["title", "nothing"])
def test_no_more_than_may_be_seen(hidden: str) -> None:
    feedback = msgspec.convert({"hidden": hidden}, Feedback)
    data = to_summary(report("Expected 5.0."), feedback, handout=False).decode()
    tests = data.partition("### e0")[2]
    assert "secret" not in data
    assert "5.0" not in tests.replace("E Expected 5.0.", "").replace("T Expected 5.0.", "").replace(
        "N Expected 5\\.0\\.", ""
    )
    assert ("T Expected" in tests) == (hidden == "title")
