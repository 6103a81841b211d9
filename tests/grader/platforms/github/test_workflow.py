"""Commands arrive as they were meant, and quoted text is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.platforms.github.workflow import command, quoted
from support.runner import carried_out

#: What might be taken for a command, or might end one.
HOSTILE = [
    "::error::no",
    "  ::warning file=a.py,line=1::no",
    "\u3000::set-output name=a::no",
    "text ##[add-path]/tmp",
    "##[stop-commands]a",
    "::stop-commands::a\n::a::",
    "a\r::add-mask::b\r\n::error::c",
    "\x1b[31m::error::red",
    "\x85::error::next line",
    "\u2028::error::line separator",
    "100%0A::error::no",
    "%250A, a: b",
    "",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8), st.sampled_from("%:,\r\n=#[]"))
).map("".join)


@given(TEXTS)
def test_quoted_text_is_no_command(text: str) -> None:
    found = carried_out(f"{quoted(text)}\n::notice::after\n")
    stop, resume, after = found
    assert (stop.name, after.name, after.data) == ("stop-commands", "notice", "after")
    assert resume.name == stop.data
    assert len(stop.data) == 32


def test_each_token_is_a_new_one() -> None:
    tokens = {quoted("a").splitlines()[0] for _ in range(50)}
    assert len(tokens) == 50


@given(TEXTS, TEXTS, TEXTS)
def test_a_command_arrives_as_it_was_meant(data: str, file: str, title: str) -> None:
    line = command("error", data, {"file": file, "line": "12", "title": title})
    [found] = carried_out(f"{line}\n")
    assert found.name == "error"
    assert found.properties["line"] == "12"
    assert found.properties.keys() <= {"file", "line", "title"}
    if data.isascii() and data.isprintable():
        assert found.data == data


@pytest.mark.parametrize(
    ("title", "written"),
    [("a: b, 50%", "title=a%3A b%2C 50%25"), ("a\r\nb", "title=a%0Ab"), ("", "")],
)
def test_properties_are_escaped(title: str, written: str) -> None:
    assert (
        command("error", "x%\ny", {"title": title}) == f"::error {written}".rstrip() + "::x%25%0Ay"
    )
