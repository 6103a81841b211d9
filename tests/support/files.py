"""Text files: many written at once, and texts changed where they must hold what is changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write `{path: text}` below a folder, which is made and returned."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def replaced(text: str, *changes: str) -> str:
    """A text with `old, new, old, new, …` replaced; each old one must be there."""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new)
    return text


def change(path: Path, *changes: str) -> None:
    """The same in a file."""
    path.write_text(replaced(path.read_text("utf-8"), *changes), "utf-8")
