"""The picture without a script: whole, legal markup, whatever the state holds."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.web.lessons.widgets import assets, still

MODES = [(name, mode) for name, each in assets.visualizers().items() for mode in each.modes]
JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-9, 9) | st.text(max_size=5),
    lambda each: st.lists(each, max_size=3),
    max_leaves=8,
)


def parsed(name: str, state: dict[str, Any]) -> ElementTree.Element:
    return ElementTree.fromstring(still.figure(name, state))


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_every_mode_has_a_picture_or_a_table_and_no_inline_style(name: str, mode: str) -> None:
    figure = parsed(name, {"mode": mode})
    assert assets.get(name).modes[mode] in "".join(figure.itertext())
    assert figure.findall(".//table")
    assert all("style" not in each.attrib for each in figure.iter())
    for svg in figure.findall(".//svg"):
        assert svg.get("aria-label")


def test_numbers_are_those_of_the_state() -> None:
    text = still.figure("vector", {"a": [5, 12]})
    assert "<td>13</td>" in text
    text = still.figure("warp", {"W": [[2, 0], [0, 3]], "x": [1, 1]})
    assert "<td>(2, 3)</td>" in text
    assert "<td>6</td>" in text
    assert "<td>154</td>" in still.figure("matmul")
    assert "an error" in still.figure("broadcast", {"left": [4, 3], "right": [4]})
    assert "(4, 3)" in still.figure("broadcast", {"left": [4, 1], "right": [3]})


@given(st.sampled_from(MODES), st.data())
def test_whatever_the_options_hold_it_is_legal_markup(
    which: tuple[str, str], data: st.DataObject
) -> None:
    name, mode = which
    keys = st.sampled_from([*assets.get(name).defaults, "else"])
    state = data.draw(st.dictionaries(keys, JUNK, max_size=4))
    assert parsed(name, {"mode": mode} | state).tag == "figure"


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="no visualizer 'tensor'"):
        still.figure("tensor")
