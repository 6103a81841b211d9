"""Read every tracked text: no marker of a merge, no link that leads nowhere.

    python -m tools.texts [folder]

In Markdown, the target of each link and image must be a tracked file or folder, and its anchor a
heading there, as GitHub names headings, or lines, as in #L3-L5. Links to the web are not followed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["Fault", "faults", "slug", "tracked"]

ROOT = Path(__file__).resolve().parent.parent
#: git writes seven of each, and more around the conflicts of a merge base.
_MARKER = re.compile(rb"^(?:(?:<{7,}|>{7,}|\|{7,})(?: .*)?|={7})\r?$", re.MULTILINE)
_LINES = re.compile(r"L(\d+)(?:C\d+)?(?:-L(\d+)(?:C\d+)?)?")
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Fault(NamedTuple):
    """Something that a file must not hold."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def main() -> None:
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    found = list(faults(root, tracked(root)))
    for fault in found:
        print(fault)
    if found:
        sys.exit(f"{len(found)} fault{'s' * (len(found) > 1)} in tracked texts.")


def tracked(root: Path) -> list[str]:
    """The files under `root` that git knows; where git does not answer, those that are not hidden.

    Sources unpacked from an archive have no git, and are to be checked all the same.
    """
    git = ["git", "-C", str(root), "ls-files", "-z"]
    try:
        names = subprocess.run(git, capture_output=True, check=True).stdout.split(b"\0")
    except (OSError, subprocess.CalledProcessError):
        return sorted(_visible(root))
    return sorted(
        {os.fsdecode(name) for name in names if name and (root / os.fsdecode(name)).is_file()}
    )


def _visible(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        for name in files:
            yield (Path(folder) / name).relative_to(root).as_posix()


def faults(root: Path, files: list[str]) -> Iterator[Fault]:
    """What is wrong in these files under `root`, in their order."""
    known = {*files, *(str(parent) for name in files for parent in PurePosixPath(name).parents)}
    for name in files:
        data = (root / name).read_bytes()
        if b"\0" in data[:8000]:  # git takes such a file for binary
            continue
        for match in _MARKER.finditer(data):
            marker = match[0].decode("utf-8", "replace").strip()
            line = data.count(b"\n", 0, match.start()) + 1
            yield Fault(name, line, f"a merge left its marker: {marker}")
        if name.endswith(".md"):
            for line, link in _page(root / name).links:
                if what := _broken(root, name, link, known):
                    yield Fault(name, line, f"{link}: {what}")


def _broken(root: Path, name: str, link: str, known: set[str]) -> str | None:
    """Why a link in the file `name` leads nowhere; None if it leads somewhere."""
    try:
        parts = urlsplit(link)
    except ValueError as error:
        return str(error)
    if parts.scheme or parts.netloc:
        return None
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    target = name if not path else _resolved(name, path)
    if target not in known:
        return "there is no such tracked file"
    if not anchor:
        return None
    if (root / target).is_dir():  # GitHub shows its README
        target = str(PurePosixPath(target) / "README.md")
    if target not in known:
        return f"there is no {target}"
    if target.endswith(".md"):
        there = anchor in _page(root / target).anchors
        return None if there else f"{target} has no heading with this anchor"
    lines = _LINES.fullmatch(anchor)
    count = len((root / target).read_bytes().splitlines())
    there = lines is not None and 0 < int(lines[1]) <= int(lines[2] or lines[1]) <= count
    return None if there else f"{target} has no such lines"


def _resolved(name: str, path: str) -> str:
    """A link's path from the root, as GitHub reads it: a leading slash is the repository's root."""
    base = "" if path.startswith("/") else os.path.dirname(name)
    return os.path.normpath(os.path.join(base, path.lstrip("/"))).replace(os.sep, "/")


class _Page(NamedTuple):
    """What a Markdown file links to, with lines, and the anchors that it can be linked at."""

    links: list[tuple[int, str]]
    anchors: set[str]


@cache
def _page(path: Path) -> _Page:
    tokens = _MARKDOWN.parse(path.read_text("utf-8", errors="replace"))
    links: list[tuple[int, str]] = []
    headings: list[str] = []
    written: set[str] = set()
    line, in_heading = 1, False
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if in_heading:
            headings.append(_plain(token.children or []))
        in_heading = token.type == "heading_open"
        at = line
        for part in [token, *(token.children or [])]:
            at += part.type in ("softbreak", "hardbreak")
            links += [(at, str(part.attrs[key])) for key in ("href", "src") if part.attrs.get(key)]
            if part.type in ("html_inline", "html_block"):
                html = _Written(part.content)
                links += [(at, link) for link in html.links]
                written |= html.names
    return _Page(links, {*_numbered(headings), *written})


class _Written(HTMLParser):
    """Links and anchors that are written as HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if value and key in ("href", "src"):
                self.links.append(value)
            elif value and key in ("id", "name"):
                self.names.add(value)


def _plain(children: list[Token]) -> str:
    """A heading's words, without what marks them."""
    return "".join(
        " " if part.type == "softbreak" else part.content
        for part in children
        if part.type in ("text", "code_inline", "softbreak")
    )


def _numbered(headings: list[str]) -> Iterator[str]:
    """The anchors of a page's headings: the second of a name gets -1, the third -2."""
    count: dict[str, int] = {}
    for heading in headings:
        name = base = slug(heading)
        while name in count:
            count[base] += 1
            name = f"{base}-{count[base]}"
        count[name] = 0
        yield name


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading: small letters, hyphens for spaces, no punctuation."""
    kept = (c for c in heading.strip().lower() if c in "- " or _is_word(c))
    return "".join(kept).replace(" ", "-")


def _is_word(character: str) -> bool:
    """A letter, mark, digit or underscore; Python's \\w also takes ², which GitHub drops."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc")


if __name__ == "__main__":
    main()
