"""A visualizer in a real JupyterLab: drawn, moved, and heard by the kernel. Long by nature."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import anywidget
import nbformat
import pytest
from playwright.sync_api import expect

from support.browser import chromium, visiting

pytestmark = [chromium, pytest.mark.long]

#: Where the environment keeps JupyterLab's pages and the extensions of widgets.
SHARED = Path(anywidget.__file__).parents[4] / "share" / "jupyter"
CELL = """
from grader.widgets import Warp2D

def matvec(W, x):
    return W.T @ x        # transposed, as a beginner may have it

w = Warp2D(predict=False, use=[matvec])
w.observe(lambda change: open("told.json", "w").write(str(w.W)), "W")
w
"""
#: JupyterLab runs the cells of the notebook that is in front, when its kernel is there.
RUN = """async () => {
    const app = window.jupyterapp;
    await app.restored;
    const panel = app.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await app.commands.execute("notebook:run-all-cells");
}"""
PATIENCE = 60


def waited_for(found: Callable[[], object]) -> None:
    """Ask until the answer is there."""
    until = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.1)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A JupyterLab with one notebook in it: its address, and its folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, folder / "lesson.ipynb")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    token = secrets.token_hex(8)
    own = {name: str(tmp_path / name.lower()) for name in _FOLDERS}
    command = [
        sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser",
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}",
        f"--IdentityProvider.token={token}", f"--app-dir={SHARED / 'lab'}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command,
            env=os.environ | own | {"JUPYTER_PATH": str(SHARED)},
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert server.poll() is None, (tmp_path / "lab.log").read_text()
        try:
            return bool(urllib.request.urlopen(f"{address}/api?token={token}", timeout=5).read())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    try:
        waited_for(answers)
        yield f"{address}/lab/tree/lesson.ipynb?token={token}", folder
    finally:
        server.terminate()  # it ends its kernels
        server.wait(30)


_FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


def test_it_is_drawn_moved_and_heard_by_the_kernel(lab: tuple[str, Path]) -> None:
    address, folder = lab
    with visiting() as visit:
        page = visit.browser.new_page(viewport={"width": 1300, "height": 1000})
        page.set_default_timeout(PATIENCE * 1000)
        outside: list[str] = []
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))
                else outside.append(asked.url)
            ),
        )
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.evaluate(RUN)
        column = page.get_by_role("slider", name="second column of W")
        column.wait_for()
        expect(column).to_have_attribute("aria-valuetext", "x 1, y 1")
        # The kernel has answered: the student's picture is there, and it is another one.
        expect(page.locator(".readout.yours")).to_contain_text("✗ differs", timeout=PATIENCE * 1000)
        assert page.locator(".warped.mine").count() > 0
        column.focus()
        page.keyboard.press("ArrowRight")
        expect(column).to_have_attribute("aria-valuetext", "x 1.25, y 1")
        told = folder / "told.json"
        waited_for(lambda: told.exists() and told.read_text())
        assert json.loads(told.read_text()) == [[1, 1.25], [0, 1]]
        # The keys that JupyterLab has for its cells are the visualizer's while it has the focus.
        page.keyboard.press("ArrowUp")
        expect(column).to_have_attribute("aria-valuetext", "x 1.25, y 1.25")
        expect(column).to_be_focused()
        page.close()
    assert outside == []
