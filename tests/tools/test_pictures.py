"""The pictures in the documents: taken by a command, light, and each in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.browser import chromium
from support.places import ROOT
from tools.pictures import FOLDER, PICTURES, take

MOST = 150_000


def test_each_picture_is_light_and_stands_in_a_document() -> None:
    texts = "".join(
        path.read_text("utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    )
    for name in PICTURES:
        assert f"pictures/{name}.png)" in texts, name
        assert (FOLDER / f"{name}.png").stat().st_size < MOST, name


@chromium
@pytest.mark.long
def test_they_can_be_taken_again(tmp_path: Path) -> None:
    take(tmp_path)
    taken = {path.stem: path.stat().st_size for path in tmp_path.glob("*.png")}
    assert taken.keys() == PICTURES.keys()
    assert min(taken.values()) > 10_000
