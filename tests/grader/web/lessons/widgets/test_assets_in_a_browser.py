"""The visualizers in Chromium: dragged, typed into, played, predicted, linked, and read aloud."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from grader.web.lessons.widgets import assets
from support.browser import Visit, chromium, sideways, visiting

pytestmark = chromium

NAMES = sorted(assets.visualizers())
FREE = {"predict": False}


@pytest.fixture(scope="module")
def visit() -> Iterator[Visit]:
    with visiting() as found:
        yield found


KEPT = """([name, key, wanted]) => {
    const held = JSON.parse(new URLSearchParams(location.hash.slice(1)).get(name) ?? "{}");
    return JSON.stringify(held[key] ?? null) === wanted;
}"""


def kept(page: Page, name: str, key: str, value: Any) -> None:
    """Wait until the address holds that value."""
    page.wait_for_function(KEPT, arg=[name, key, json.dumps(value, separators=(",", ":"))])


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(text)


def drag(page: Page, label: str, units: tuple[float, float], unit: float) -> None:
    """Drag a handle by so many units of the plane; `unit` is a unit's size in the picture."""
    handle = page.get_by_role("slider", name=label)
    box, svg = handle.locator(".dot").bounding_box(), page.locator("svg.plane").last.bounding_box()
    assert box is not None
    assert svg is not None
    size = unit * svg["width"] / 320
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + units[0] * size / 2, y - units[1] * size / 2, steps=3)
    page.mouse.move(x + units[0] * size, y - units[1] * size, steps=3)
    page.mouse.up()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_moves_before_a_prediction_is_locked_in(name: str, visit: Visit) -> None:
    with visit.page(name, viewport={"width": 360, "height": 780}) as page:
        assert sideways(page) <= 0
        expect(page.get_by_role("group", name="Predict first")).to_be_visible()
        free = "input:not(:disabled):not([type=radio])"
        assert page.locator(f".stage {free}").count() == 0
        assert (
            page.locator(".stage [role=slider][data-handle]:not([data-handle=guess])").count() == 0
        )
        if page.locator(".ask input[type=radio]").count():
            page.locator(".ask input[type=radio]").first.check()
        elif page.locator(".ask input.wide").count():
            page.locator(".ask input.wide").fill("(4, 3)")
        page.get_by_role("button", name="Lock in").click()
        expect(page.locator(".answered")).to_contain_text("you predicted")
        assert page.locator(f".stage {free}").count() > 0
        assert sideways(page) <= 0
        page.get_by_role("button", name="Predict another").click()
        expect(page.get_by_role("button", name="Lock in")).to_be_visible()
        assert page.locator(f".stage {free}").count() == 0


def test_a_vector_is_dragged_moved_by_keys_stepped_and_typed(visit: Visit) -> None:
    with visit.page("vector", FREE) as page:
        tip = page.get_by_role("slider", name="tip of a")
        expect(tip).to_have_attribute("aria-valuetext", "x 3, y −4")
        drag(page, "tip of a", (1, 2), 304 / 12)
        expect(tip).to_have_attribute("aria-valuetext", "x 4, y −2")
        expect(tip).to_be_focused()
        for keys, text in [
            ("ArrowLeft", "x 3.75, y −2"), ("Shift+ArrowUp", "x 3.75, y −1"),
            ("Alt+ArrowRight", "x 3.8, y −1"), ("Home", "x 3, y −4"),
        ]:  # fmt: skip
            page.keyboard.press(keys)
            expect(tip).to_have_attribute("aria-valuetext", text)
        page.get_by_role("button", name="raise a, component 1 by 0.25").click()
        expect(tip).to_have_attribute("aria-valuetext", "x 3.25, y −4")
        field = page.get_by_role("spinbutton", name="a, component 2")
        field.fill("-1.5")
        expect(tip).to_have_attribute("aria-valuetext", "x 3.25, y −1.5")
        field.press("ArrowUp")
        expect(field).to_have_value("−1.25")
        said(page, "length")
        page.get_by_role("button", name="zero").click()
        said(page, "no direction")


def test_a_click_beside_a_handle_brings_it_there(visit: Visit) -> None:
    with visit.page("vector", FREE | {"mode": "add"}) as page:
        box = page.locator("svg.plane").bounding_box()
        assert box is not None
        k = box["width"] / 320
        page.mouse.click(box["x"] + (160 + 304 / 12 * 2) * k, box["y"] + (160 - 304 / 12 * 3) * k)
        expect(page.get_by_role("slider", name="tip of b")).to_have_attribute(
            "aria-valuetext", "x 2, y 3"
        )


def test_a_finger_taps_a_point_to_its_place(visit: Visit) -> None:
    with visit.page("vector", FREE, has_touch=True) as page:
        box = page.locator("svg.plane").bounding_box()
        assert box is not None
        k = box["width"] / 320
        page.touchscreen.tap(
            box["x"] + (160 + 304 / 12 * -2) * k, box["y"] + (160 - 304 / 12 * 3) * k
        )
        expect(page.get_by_role("slider", name="tip of a")).to_have_attribute(
            "aria-valuetext", "x −2, y 3"
        )


def test_two_of_a_kind_on_a_page_do_not_meet(visit: Visit) -> None:
    start = """(() => {
        const copy = document.querySelector("[data-visualizer]").cloneNode();
        copy.setAttribute("data-options", '{"predict": false, "modes": ["unit"]}');
        document.querySelector("main").append(copy);
        wxb.start();
    })()"""
    with visit.page("vector", FREE, at="waiting", start=start) as page:
        first, second = page.locator(".wxb").first, page.locator(".wxb").last
        second.get_by_role("button", name="zero").click()
        kept(page, "vector2", "a", [0, 0])
        kept(page, "vector", "a", None)
        expect(second.get_by_text("no direction: 0/0").first).to_be_visible()
        expect(first.get_by_role("radio", name="length")).to_be_checked()
        assert first.get_attribute("aria-label") == "Vector"
        assert second.get_attribute("aria-label") == "Vector: unit vector"


def test_what_was_done_is_in_the_address_and_comes_back(visit: Visit) -> None:
    with visit.page("warp", FREE) as page:
        drag(page, "second column of W", (1, 1), 304 / 8)
        kept(page, "warp", "W", [[1, 2], [0, 2]])
        page.reload()
        column = page.get_by_role("slider", name="second column of W")
        expect(column).to_have_attribute("aria-valuetext", "x 2, y 2")
        page.evaluate("location.hash = ''")
        expect(column).to_have_attribute("aria-valuetext", "x 1, y 1")


def test_a_copied_link_leaves_the_prediction_to_its_reader(visit: Visit) -> None:
    start = "globalThis.placed = wxb.start()"
    with visit.page("vector", at="waiting", start=start) as page:
        page.get_by_role("button", name="raise prediction, length by 0.5").click()
        page.get_by_role("button", name="Lock in").click()
        expect(page.locator(".answered")).to_contain_text("you said 0.5, and it is 5")
        page.get_by_role("button", name="3-4-5").click()
        kept(page, "vector", "predicted", {"length": {"said": [0.5], "at": {}}})
        # What was said was said of the vector as it was.
        page.get_by_role("button", name="zero").click()
        expect(page.locator(".answered")).to_contain_text("you said 0.5, and it is 5")
        assert "predicted" not in page.evaluate("placed[0].model.link()")
        assert "a" in page.evaluate("placed[0].model.link()").partition("#")[2]
        page.reload()
        page.evaluate(start)
        expect(page.locator(".answered")).to_be_visible()


def test_the_player_plays_pauses_steps_back_and_jumps(visit: Visit) -> None:
    with visit.page("matmul", FREE) as page:
        press = lambda name: page.get_by_role("button", name=name, exact=True).click()  # noqa: E731
        press("Step")
        expect(page.locator(".spelled")).to_have_text("row 1, column 1: 1 · 7 = 7")
        press("Step")
        expect(page.locator(".spelled")).to_have_text("row 1, column 1: 1 · 7 + 2 · 9 = 25")
        press("Back")
        expect(page.locator(".spelled")).to_have_text("row 1, column 1: 1 · 7 = 7")
        page.get_by_label("Speed").select_option("slow")
        press("Play")
        expect(page.get_by_text("step 3 of 12")).to_be_visible()
        press("Pause")
        at = page.locator(".player label").last.inner_text()
        press("Step")
        assert page.locator(".player label").last.inner_text() != at
        page.get_by_role("button", name="the product, row 2, column 1").click()
        expect(page.locator(".spelled")).to_contain_text("4 · 7 + 5 · 9 + 6 · 11 = 139")
        page.keyboard.press("ArrowRight")
        expect(page.locator(".spelled")).to_contain_text("= 154")
        page.get_by_text("columns combined").click()
        press("Step")
        expect(page.locator(".spelled")).to_have_text("column 1: 7 × column 1 of the left")
        page.get_by_role("button", name="does not fit").click()
        expect(page.locator(".chips")).to_contain_text("The inner sizes 3 and 2 differ")


def test_the_player_asks_before_each_cell(visit: Visit) -> None:
    with visit.page("matmul", FREE) as page:
        page.get_by_label("ask me before each cell").check()
        page.get_by_label("Speed").select_option("fast")
        page.get_by_role("button", name="Play", exact=True).click()
        field = page.get_by_role("spinbutton", name="the next cell")
        field.fill("58")
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_text("1 of 1 cell right")).to_be_visible()
        kept(page, "matmul", "score", [1, 1])


def test_reduced_motion_jumps(visit: Visit) -> None:
    with visit.page("warp", reduced_motion="reduce") as page:
        page.get_by_role("button", name="Lock in").click()
        kept(page, "warp", "t", None)
        expect(page.get_by_role("slider", name="first column of W")).to_be_visible()
    with visit.page("matmul", FREE, reduced_motion="reduce") as page:
        assert page.get_by_role("button", name="Play", exact=True).count() == 0
        expect(page.get_by_role("button", name="Step", exact=True)).to_be_enabled()


def test_a_prediction_is_placed_in_the_picture(visit: Visit) -> None:
    with visit.page("warp") as page:
        drag(page, "where you think that it lands", (3, 2), 304 / 8)
        expect(page.get_by_role("spinbutton", name="prediction, x")).to_have_value("3")
        page.get_by_role("button", name="Lock in").click()
        expect(page.locator(".answered")).to_contain_text("As you predicted: (3, 2)")
        said(page, "x goes to (3, 2)")


def test_a_challenge_is_reached_and_said(visit: Visit) -> None:
    start = (
        "globalThis.told = []; wxb.start({ reached: (name, goals) => told.push([name, ...goals]) })"
    )
    with visit.page("warp", FREE, at="waiting", start=start) as page:
        page.get_by_text("Challenges: 0 of 4").click()
        page.get_by_role("button", name="Start: Make the plane collapse").click()
        page.get_by_role("button", name="projection").click()
        said(page, "Challenge reached: Make the plane collapse to a line")
        expect(page.get_by_text("Challenges: 1 of 4")).to_be_visible()
        assert page.evaluate("told") == [["warp", "warp-line"]]


ANSWER = """wxb.start({ answer: async (calls) => ({
    answers: calls.map(({ function: name, arguments: [W, x] }) =>
        MAKE), hint: "Rows, not columns?" }) })"""


@pytest.mark.parametrize(
    ("make", "tells", "dashed"),
    [
        ("({ value: [W[0][0]*x[0] + W[0][1]*x[1], W[1][0]*x[0] + W[1][1]*x[1]] })", "✓", True),
        (
            "({ value: [W[0][0]*x[0] + W[1][0]*x[1], W[0][1]*x[0] + W[1][1]*x[1]] })",
            "differs",
            True,
        ),
        ("({ value: [[1], [2]] })", "shape (2, 1), expected (2,)", False),
        ("({ error: 'ValueError: shapes do not match' })", "ValueError: shapes do not", False),
    ],
    ids=["right", "transposed", "shape", "error"],
)
def test_the_students_matvec_warps_the_grid(
    make: str, tells: str, dashed: bool, visit: Visit
) -> None:
    start = ANSWER.replace("MAKE", make)
    options = FREE | {"functions": ["matvec_rows"]}
    with visit.page("warp", options, at="waiting", start=start) as page:
        page.get_by_label("Use my code").check()
        expect(page.locator(".readout.yours")).to_contain_text(tells)
        expect(page.locator(".hint")).to_have_text("Rows, not columns?")
        assert (page.locator(".warped.mine").count() > 0) is dashed
        page.get_by_role("button", name="reflection").click()
        expect(page.locator(".readout.yours")).to_be_visible()


WRONG = {
    "vector": ("add", "add", "[9, 9]", "(9, 9) ✗"),
    "dot": ("dot", "dot_product", "7", "7 ✗"),
    "matmul": ("product", "matmul", "[[58, 64], [139, 1]]", "(58, 64, 139, 1) ✗"),
    "forward": ("trace", "layer", "[[1], [2]]", "shape (2, 1), expected (4, 2) ✗"),
    "broadcast": ("shapes", "broadcast_shape", "[4]", "(4,) ✗"),
    "reshape": (
        "transpose",
        "transpose",
        "[[1, 2, 3], [4, 5, 6]]",
        "shape (2, 3), expected (3, 2)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_students_function_says_stands_beside_what_is_expected(
    name: str, visit: Visit
) -> None:
    mode, function, value, told = WRONG[name]
    answers = f"calls.map(() => ({{ value: {value} }}))"
    start = f"wxb.start({{ answer: async (calls) => ({{ answers: {answers} }}) }})"
    options = FREE | {"mode": mode, "functions": [function], "mine": True, "step": 99}
    with visit.page(name, options, at="waiting", start=start) as page:
        expect(page.locator(".readout.yours")).to_contain_text(told)
        if name == "vector":
            assert page.locator(".arrow.mine").count() == 1
        if name == "dot":  # a shadow and a bar
            assert page.locator(".line.mine").count() == 2
        if name == "matmul":
            expect(page.locator(".cell .mine")).to_have_text("yours 1")
        if name == "broadcast":
            assert page.locator(".slots td.mine").all_inner_texts() == ["", "4"]
        if name == "reshape":
            expect(page.locator(".matrix.mine .cell")).to_have_count(6)


def test_two_maps_are_the_students_product(visit: Visit) -> None:
    """A wrong `matmul` turns both pictures, each by what it says of its own order."""
    start = """wxb.start({ answer: async (calls) => ({
        answers: calls.map(() => ({ value: [[1, 0], [0, 1]] })) }) })"""
    options = FREE | {"mode": "compose", "functions": ["matmul"], "mine": True}
    with visit.page("warp", options, at="waiting", start=start) as page:
        expect(page.locator(".readout.yours")).to_contain_text("✗ differs")
        planes = page.locator("svg.plane")
        for n in range(2):
            assert planes.nth(n).locator(".warped.mine").count() > 0


def test_numbers_of_a_sum_light_up_with_their_cells(visit: Visit) -> None:
    for name, cell in (("matmul", "l0,1"), ("forward", "x0,1")):
        with visit.page(name, FREE | {"step": 2}) as page:
            page.locator(f".spelled [data-link='{cell}']").hover()
            place = page.locator(f".cell[data-link='{cell}']")
            assert "hot" in (place.get_attribute("class") or ""), name


def test_a_term_and_what_it_stands_for_light_up_together(visit: Visit) -> None:
    with visit.page("dot", FREE) as page:
        page.locator(".formula [data-link=a]").first.hover()
        arrow = page.locator("g.arrow[data-link=a]")
        assert "hot" in (arrow.get_attribute("class") or "")
        page.get_by_role("slider", name="tip of b").focus()
        assert "hot" not in (arrow.get_attribute("class") or "")
        assert "hot" in (page.locator(".formula [data-link=b]").first.get_attribute("class") or "")


def test_modes_and_more_can_be_left_out(visit: Visit) -> None:
    with visit.page("warp", FREE | {"modes": ["warp"], "more": False}) as page:
        assert page.get_by_role("radio").count() == 0
        assert page.get_by_text("More", exact=True).count() == 0
        assert page.get_by_text("Challenges: 0 of 2").count() == 1


def test_a_number_is_dragged_in_its_field(visit: Visit) -> None:
    """Every value has a drag: the cells of a matrix as well, by a mouse and by a finger."""
    with visit.page("matmul", FREE) as page:
        field = page.get_by_role("spinbutton", name="A, row 1, column 1")
        box = field.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 13, y, steps=2)
        page.mouse.move(x + 26, y, steps=2)
        page.mouse.up()
        expect(field).to_have_value("5")  # 1, and a step for each six pixels
        page.mouse.move(x + 60, y, steps=2)
        expect(field).to_have_value("5")
        field.fill("7")
        expect(field).to_have_value("7")


def test_what_goes_beyond_the_lesson_is_behind_more(visit: Visit) -> None:
    with visit.page("warp", FREE | {"modes": ["warp"]}) as page:
        assert page.get_by_role("button", name="Three shears").count() == 0
        assert page.get_by_role("radio").count() == 0
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Three shears").click()
        expect(page.get_by_role("spinbutton", name="shear 1")).to_be_visible()
        page.get_by_text("Challenges: 0 of 3").click()
        kept(page, "warp", "mode", "shears")
        page.get_by_role("button", name="Back to W x").click()
        expect(page.get_by_role("slider", name="first column of W")).to_be_visible()


def test_no_challenge_starts_before_its_prediction(visit: Visit) -> None:
    with visit.page("warp", {"modes": ["warp", "affine"]}) as page:
        page.get_by_text("Challenges: 0 of 3").click()
        assert page.get_by_role("button", name="Start").count() == 0
        page.get_by_role("button", name="Lock in").click()
        expect(page.get_by_role("button", name="Start: ")).to_have_count(2)
        expect(page.locator(".goals").get_by_text("predict first")).to_have_count(1)


def test_a_plane_shows_what_a_call_brings(visit: Visit) -> None:
    state = quote(json.dumps({"W": [[1, 2], [3, 4]], "x": [5, 6]}))
    with visit.page("warp", FREE, fragment=f"#warp={state}") as page:
        expect(page.get_by_role("slider", name="x, the input")).to_have_attribute(
            "aria-valuemax", "50"
        )
        tip = page.locator("svg.plane").last.locator("g.arrow[data-link=out] .head").bounding_box()
        plane = page.locator("svg.plane").last.bounding_box()
        assert tip is not None
        assert plane is not None
        assert plane["x"] < tip["x"] < plane["x"] + plane["width"]
        assert plane["y"] < tip["y"] < plane["y"] + plane["height"]


def test_code_and_picture_say_the_same(visit: Visit) -> None:
    with visit.page("dot", FREE, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.get_by_text("Code and link").click()
        page.get_by_role("button", name="Copy NumPy").click()
        expect(page.get_by_text("NumPy copied").first).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("import numpy as np\n\na = np.array([3.0, 1.0])")
        assert page.locator(".formula").text_content() == "a·b=3·1+1·3=6"


def test_served_pages_load_only_the_visualizer_that_they_show(visit: Visit) -> None:
    with visit.page("reshape", FREE, at="modules") as page:
        loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        names = {name.rpartition("/")[2] for name in loaded} - {"favicon.ico"}
        assert names == {"modules.js", "page.js", "reshape.js"}
        expect(page.get_by_text("Memory: one strip")).to_be_visible()


def test_a_prediction_that_somebody_broke_is_asked_for_again(visit: Visit) -> None:
    for broken in (
        "5",
        '{"length": 3}',
        '{"length": {"said": "x"}}',
        '{"length": {"said": [1, 2]}}',
    ):
        link = "#vector=" + quote(f'{{"predicted": {broken}}}')
        with visit.page("vector", fragment=link) as page:
            expect(page.get_by_role("button", name="Lock in")).to_be_visible()


def test_a_link_that_somebody_broke_shows_the_first_state(visit: Visit) -> None:
    for broken in ("#vector=%7Bx", "#vector=" + quote('{"a": "no", "mode": 7, "c": [1]}')):
        with visit.page("vector", FREE, fragment=broken) as page:
            expect(page.get_by_role("slider", name="tip of a")).to_have_attribute(
                "aria-valuetext", "x 3, y −4"
            )
