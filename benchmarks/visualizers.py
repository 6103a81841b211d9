"""From a hand's move to the picture: how long each visualizer takes until its next frame is drawn.

    python -m benchmarks.visualizers [--rounds N]

The course is served as `grade lessons` serves it, and Chromium is given real input: a point or a
number is dragged, a key pressed, a step clicked, and what plays is played. Time runs from the
moment at which the browser took the input (`event.timeStamp`), or a timer of the page began, until
the frame with the change has been drawn: the task after the next animation frame. Waiting for that
frame is part of it: a screen that is drawn 60 times a second has one every 16.7 ms.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright

from benchmarks.lessons import ROOT, served
from grader.course.outline import Course

__all__ = ["KINDS", "PLACES", "main", "measured"]

#: Visualizer -> the lesson whose first one of this kind is measured.
PLACES = {
    "vector": "01_vectors", "dot": "02_dot_product", "warp": "04_matrix_vector",
    "matmul": "05_batches", "forward": "06_forward_pass", "broadcast": "07_shapes",
    "reshape": "03_matrices",
}  # fmt: skip
KINDS = ("drag", "key", "step", "play")

#: Notes how long it takes from an input, or from a timer that changed the page, to its frame.
_WATCH = """
globalThis.found = [];
globalThis.inputs = "";
{
const { setTimeout, requestAnimationFrame } = globalThis;
const own = { setTimeout, requestAnimationFrame };
// The task that is asked for within a frame runs after it was drawn.
const soon = (began) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => found.push(performance.now() - began);
  channel.port2.postMessage(0);
};
const drawn = (began) => own.requestAnimationFrame.call(globalThis, () => soon(began));
for (const type of ["pointermove", "keydown", "click"]) {
  addEventListener(type, (event) => { if (inputs === type) drawn(event.timeStamp); }, true);
}
let changed = false;
addEventListener("DOMContentLoaded", () => new MutationObserver(() => { changed = true; })
  .observe(document, { subtree: true, childList: true, characterData: true, attributes: true }));
for (const [name, then] of [["setTimeout", drawn], ["requestAnimationFrame", soon]]) {
  globalThis[name] = (call, ...rest) => own[name].call(globalThis, (...told) => {
    const began = performance.now();
    changed = false;
    call(...told);
    if (inputs === "play") queueMicrotask(() => { if (changed) then(began); });
  }, ...rest);
}
}
"""


def measured(page: Page, name: str, rounds: int) -> dict[str, list[float]]:
    """Kind of input -> milliseconds of each, in the visualizer of that name on an open page."""
    own = page.locator(f".wxb-{name}").first
    _unlock(own)
    page.wait_for_timeout(1500)  # what moves when a prediction is locked in has come to rest
    ways: dict[str, Callable[[], None]] = {
        "drag": lambda: _drag(page, own, rounds),
        "key": lambda: _keys(page, own, rounds),
        "step": lambda: _steps(own, rounds),
    }
    events = {"drag": "pointermove", "key": "keydown", "step": "click"}
    found = {kind: _timed(page, events[kind], way) for kind, way in ways.items()}
    play = own.get_by_role("button", name="Play", exact=False).first
    found["play"] = _timed(page, "play", lambda: _play(page, own, play)) if play.count() else []
    return found


def _timed(page: Page, inputs: str, way: Callable[[], None]) -> list[float]:
    page.evaluate("(inputs) => { globalThis.inputs = inputs; found.length = 0; }", inputs)
    way()
    page.wait_for_timeout(200)
    found: list[float] = page.evaluate("() => { globalThis.inputs = ''; return [...found]; }")
    return found


def _unlock(own: Locator) -> None:
    """Predict something, whatever it is."""
    if own.locator(".ask input[type=radio]").count():
        own.locator(".ask input[type=radio]").first.check()
    if own.locator(".ask input.wide").count():
        own.locator(".ask input.wide").fill("error")
    own.get_by_role("button", name="Lock in").click()


def _drag(page: Page, own: Locator, rounds: int) -> None:
    """A point of a plane goes around its place; where there is none, a number is dragged."""
    points = own.locator("[data-handle] .dot")
    target = points.first if points.count() else own.locator(".stage input[role=spinbutton]").first
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for n in range(rounds):
        page.mouse.move(x + 14 * (n % 4) - 21, y + (9 if n % 2 else -9))
    page.mouse.up()


def _keys(page: Page, own: Locator, rounds: int) -> None:
    points = own.locator("[data-handle]")
    target = points.first if points.count() else own.locator(".stage input[role=spinbutton]").first
    target.focus()
    for n in range(rounds):
        page.keyboard.press("ArrowDown" if n % 2 else "ArrowUp")
        page.wait_for_timeout(33)  # as keys repeat that are held down


def _steps(own: Locator, rounds: int) -> None:
    up = own.locator(".stage button.step").nth(1)
    down = own.locator(".stage button.step").nth(0)
    for n in range(rounds):
        (down if n % 2 else up).click()


def _play(page: Page, own: Locator, play: Locator) -> None:
    """As fast as it goes, to its end."""
    if own.get_by_label("Speed").count():
        own.get_by_label("Speed").select_option("fast")
    play.click()
    page.wait_for_timeout(4000)


def _told(times: list[float]) -> str:
    if not times:
        return "-"
    late = sorted(times)[min(len(times) - 1, int(0.9 * len(times)))]
    return f"{statistics.median(times):.0f} / {late:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        for name in ("exercises", "misconceptions", "data", "solutions", "tests/hidden"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copyfile(ROOT / "course.yaml", root / "course.yaml")
        course = Course.load(root)
        made = served(course)
        with made, sync_playwright() as playwright:
            flags = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            print("| visualizer | drag | key | step | play |\n|---|---:|---:|---:|---:|")
            for name, unit in PLACES.items():
                found = _on_its_page(
                    browser.new_page(), made.server.site.urls[0], unit, name, rounds
                )
                print(
                    f"| {name} | {' | '.join(_told(found[kind]) for kind in KINDS)} |", flush=True
                )
            browser.close()
    print("\nMilliseconds until the frame is drawn: the median, and what one in ten takes longer.")


def _on_its_page(page: Page, url: str, unit: str, name: str, rounds: int) -> dict[str, Any]:
    page.add_init_script(_WATCH)
    page.goto(url)
    page.goto(f"{url.partition('?')[0].rstrip('/')}/lessons/{unit}")
    page.wait_for_selector(f".wxb-{name}")
    found = measured(page, name, rounds)
    page.close()
    return found


if __name__ == "__main__":
    main()
