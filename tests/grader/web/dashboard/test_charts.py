"""Charts are stable text, readable without eyes, and safe whatever is written on them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from grader.web.dashboard import charts

EVIL = '<script>alert(1)</script>"&\u202e'
ALL = {
    "bars": charts.bars("a", "How many", [("0-10 %", 3), (EVIL, 1)]),
    "intervals": charts.intervals(
        "b", "How often", [
            charts.Interval(EVIL, 0.5, 0.2, 0.8), charts.Interval("few", 1.0, 0.44, 1.0, few=True),
            charts.Interval("none", None),
        ]
    ),
    "signed": charts.intervals("c", "r", [charts.Interval("x", -0.2, -0.9, 0.5)], signed=True),
    "funnel": charts.funnel("d", "How far", [(EVIL, 10, 8, False), ("y", 4, 1, True)], 12),
    "layers": charts.layers("e", "How far", [charts.Layered(EVIL, 3, "shape"),
                                             charts.Layered("none", 0, "values")]),
    "timeline": charts.timeline("f", "Hand-ins", [(EVIL, 4, 2)]),
    "quintiles": charts.quintiles([0.1, None, 0.5, 0.6, 1.0], EVIL),
    "sparkline": charts.sparkline([0.1, 0.2, None, 0.4], EVIL),
}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_a_chart_is_one_named_image_without_style_or_script(name: str) -> None:
    text = str(ALL[name])
    tree = ElementTree.fromstring(f"<div>{text}</div>")
    [image] = list(tree.iter("svg"))
    assert image.get("role") == "img"
    if image.get("aria-label") is None:
        ids = [each.get("id") for each in image if each.tag in ("title", "desc")]
        assert image.get("aria-labelledby", "").split() == ids
        assert all(each.text for each in image if each.tag in ("title", "desc"))
        assert len(list(tree.iter("table"))) == 1
    for each in tree.iter():
        assert each.tag != "script"
        assert "style" not in each.attrib
    assert "\u202e" not in text


def test_the_numbers_stand_in_the_table() -> None:
    tree = ElementTree.fromstring(str(ALL["funnel"]))
    rows = [[cell.text or "" for cell in row] for row in tree.iter("tr")]
    assert rows[1][1:] == ["10", "8", ""]
    assert rows[2] == ["y", "4", "1", "yes"]


def test_undefined_is_not_zero() -> None:
    tree = ElementTree.fromstring(str(ALL["intervals"]))
    assert [[cell.text for cell in row] for row in tree.iter("tr")][3] == ["none", "–", "–", "–"]
    assert len(list(tree.iter("circle"))) == 2


@pytest.mark.parametrize("chart", [charts.bars, charts.intervals, charts.layers, charts.timeline])
def test_nothing_yet_is_a_chart_too(chart: object) -> None:
    text = chart("x", "Nothing", [])  # type: ignore[operator]
    assert isinstance(text, Markup)
    assert "nothing yet" in text
