"""Take the pictures of lessons and visualizers that stand in README.md and docs/.

    python -m tools.pictures [FOLDER]        by default docs/pictures

A copy of the course is served as `grade lessons` serves it, to a student who has begun: one
exercise is right, others have a wrong idea in them. Needs the extras `web` and `dev`, and Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from benchmarks.lessons import served
from grader.course.outline import Course

__all__ = ["PICTURES", "main", "take"]

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
#: What stands in a stub, and what our student makes of it: module -> the function's name, its body.
_WRITTEN = {
    "01_vectors/magnitude": ("magnitude", "return float(np.abs(v).sum())"),
    "04_matrix_vector/matvec": (
        "matvec_rows",
        "return np.array([(W[:, j] * x).sum() for j in range(len(x))])",
    ),
}
_SOLVED = "01_vectors/vector_basics"


def take(folder: Path) -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as place:
        course = _course(Path(place) / "course")
        made = served(course)
        with made as client, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 820, "height": 700}, reduced_motion="reduce")
            page.set_default_timeout(60_000)
            page.goto(made.server.site.urls[0])
            for name, (path, shot) in PICTURES.items():
                page.goto(f"{client.base_url.copy_with(path='/')}{path}")
                shot(page).screenshot(path=folder / f"{name}.png")
                print(folder / f"{name}.png", flush=True)
            browser.close()


def _course(root: Path) -> Course:
    """The course as our student has it."""
    for name in ("exercises", "misconceptions", "data", "solutions", "tests/hidden"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copyfile(ROOT / "course.yaml", root / "course.yaml")
    solved = f"{_SOLVED}.py"
    shutil.copyfile(root / "solutions" / solved, root / "exercises" / solved)
    for module, (function, body) in _WRITTEN.items():
        path = root / "exercises" / f"{module}.py"
        text = path.read_text("utf-8")
        start = text.index(f"def {function}(")
        end = text.index("raise NotImplementedError", start)
        path.write_text(text[:end] + body + text[end + len("raise NotImplementedError") :], "utf-8")
    return Course.load(root)


# ---- what is on each


def _contents(page: Page) -> Page:
    # It is graded as soon as somebody looks at its unit.
    address = page.url
    page.goto(f"{address}lessons/01_vectors")
    page.locator("#exercise-vector_basics .state").get_by_text("done").wait_for()
    page.goto(address)
    return page


def _verdict(page: Page) -> Page:
    card = page.locator("#exercise-magnitude")
    card.get_by_text("You walk along the axes").wait_for()
    card.locator(".pictures a").first.wait_for()
    card.evaluate("(card) => card.scrollIntoView()")
    return page


def _visualizer(
    name: str, prepare: Callable[[Locator], object], nth: int = 0
) -> Callable[[Page], Locator]:
    """A visualizer after a prediction, made ready by `prepare`."""

    def shot(page: Page) -> Locator:
        own = page.locator(f".wxb-{name}").nth(nth)
        own.get_by_role("button", name="Lock in").wait_for()
        if own.locator(".ask input[type=radio]").count():
            own.locator(".ask input[type=radio]").first.check()
        if own.locator(".ask input.wide").count():
            own.locator(".ask input.wide").fill("(4, 2)")
        own.get_by_role("button", name="Lock in").click()
        prepare(own)
        page.mouse.move(0, 0)
        page.wait_for_timeout(1000)  # what is said aloud stands below, half a second later
        return own

    return shot


def _asked(page: Page) -> Locator:
    return page.locator(".wxb-dot").first


def _mine(own: Locator) -> None:
    own.get_by_label("Use my code").check()
    own.get_by_text("differs").first.wait_for()
    own.locator(".hint").wait_for()


def _played(own: Locator) -> None:
    for _ in range(5):
        own.get_by_role("button", name="Step", exact=True).click()


#: Name of the picture -> the page, and what is taken of it.
PICTURES: dict[str, tuple[str, Callable[[Page], Page | Locator]]] = {
    "lessons": ("", _contents),
    "verdict": ("lessons/01_vectors", _verdict),
    "use-my-code": ("lessons/04_matrix_vector", _visualizer("warp", _mine, nth=1)),
    "predict-first": ("lessons/02_dot_product", _asked),
    "dot-product": ("lessons/02_dot_product", _visualizer("dot", lambda own: None)),
    "matmul-player": ("lessons/05_batches", _visualizer("matmul", _played, nth=1)),
    "broadcasting": ("lessons/07_shapes", _visualizer("broadcast", lambda own: None)),
}


def main() -> None:
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    take(folder)


if __name__ == "__main__":
    main()
