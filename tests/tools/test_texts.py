"""The gate for texts refuses each kind of fault, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools import texts

PAGE = """# A page

## Once & for all: `W x + b`

[the other](docs/other%20page.md#a-word), [its folder](docs), [the root](/code.py#L1-L2),
[above](#once--for-all-w-x--b), [a site](https://example.org/#any), <someone@example.org>

![a picture](docs/picture.png) <a href="docs/">a folder</a> <a id="here"></a> [here](#here)

```
[no link](nowhere.md)
```
"""
OTHER = """A word
======

## A word
### `a_word` and *x²*

[back](../page.md#a-page) [second](#a-word-1) [third](#a_word-and-x)

[by name]

[by name]: other%20page.md#a-word-1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    (tmp_path / "docs" / "other page.md").write_text(OTHER, "utf-8")
    (tmp_path / "docs" / "picture.png").write_bytes(b"\0\n" + b"=" * 7 + b"\n")
    (tmp_path / "code.py").write_text("a = 1\nb = 2\n", "utf-8")
    return tmp_path


def told(folder: Path) -> list[str]:
    return [str(fault) for fault in texts.faults(folder, texts.tracked(folder))]


def test_what_is_right_is_let_pass(folder: Path) -> None:
    assert told(folder) == []


@pytest.mark.parametrize(
    "marker",
    ["<" * 7 + " HEAD", "=" * 7, ">" * 7 + " main", "|" * 7 + " base", "<" * 9 + " ours", ">" * 7],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_marker_of_a_merge(folder: Path, marker: str, end: str) -> None:
    (folder / "notes.txt").write_text(f"one\n{marker}{end}", "utf-8", newline="")
    assert told(folder) == [f"notes.txt:2: a merge left its marker: {marker}"]


@pytest.mark.parametrize("line", ["=" * 8, " " + "=" * 7, "<" * 6 + " HEAD", "x = y" + "=" * 7])
def test_what_is_no_marker(folder: Path, line: str) -> None:
    (folder / "notes.txt").write_text(f"one\n{line}\n", "utf-8")
    assert told(folder) == []


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("gone.md", "there is no such tracked file"),
        ("Page.md", "there is no such tracked file"),
        ("../outside.md", "there is no such tracked file"),
        ("/docs/gone.md", "there is no such tracked file"),
        ("gone.md#a-page", "there is no such tracked file"),
        ("#a-pages", "notes.md has no heading with this anchor"),
        ("#Notes", "notes.md has no heading with this anchor"),
        ("#no-link", "notes.md has no heading with this anchor"),
        ("page.md#once-for-all-w-x-b", "page.md has no heading with this anchor"),
        ("docs/other%20page.md#a-word-2", "docs/other page.md has no heading with this anchor"),
        ("docs#a-word", "there is no docs/README.md"),
        ("code.py#L2-L3", "code.py has no such lines"),
        ("code.py#main", "code.py has no such lines"),
    ],
)
@pytest.mark.parametrize(
    "form", ["[a]({})", "![a]({})", '<img src="{}">', "| a |\n|-|\n| [a]({}) |"]
)
def test_a_link_that_leads_nowhere(folder: Path, link: str, what: str, form: str) -> None:
    text = form.format(link)
    (folder / "notes.md").write_text(f"# Notes\n\nSee\n\n{text}\n\n```\n# No link\n```\n", "utf-8")
    line = 5 + text.count("\n")
    assert told(folder) == [f"notes.md:{line}: {link}: {what}"]


def test_a_link_that_is_no_address(folder: Path) -> None:
    (folder / "notes.md").write_text('<a href="http://[">a</a>\n', "utf-8")
    assert told(folder) == ["notes.md:1: http://[: Invalid IPv6 URL"]


def test_links_by_name_and_on_later_lines(folder: Path) -> None:
    (folder / "notes.md").write_text("one\n[two][2]\n[three]( gone )\n\n[2]: #two\n", "utf-8")
    assert told(folder) == [
        "notes.md:2: #two: notes.md has no heading with this anchor",
        "notes.md:3: gone: there is no such tracked file",
    ]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("A layer: W x + b", "a-layer-w-x--b"),
        ("  Where?  ", "where"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("X Wᵀ + b", "x-wᵀ--b"),
        ("Größe – 3 × 4", "größe--3--4"),
        ("x² ½", "x-"),
    ],
)
def test_anchors_are_githubs(heading: str, anchor: str) -> None:
    assert texts.slug(heading) == anchor


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_what_git_knows_is_read_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for command in (["init", "-q"], ["add", "page.md", "code.py"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)
    (folder / "code.py").unlink()
    assert texts.tracked(folder) == ["page.md"]
    lost = ["docs/other%20page.md#a-word", "docs", "/code.py#L1-L2", "docs/picture.png", "docs/"]
    assert [fault.split(": ")[1] for fault in told(folder)] == lost


def test_without_git_what_is_not_hidden_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    (folder / ".venv").mkdir()
    (folder / ".venv" / "notes.md").write_text("[a](gone.md)", "utf-8")
    assert texts.tracked(folder) == ["code.py", "docs/other page.md", "docs/picture.png", "page.md"]


def test_the_command_says_what_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["texts", str(folder)])
    texts.main()
    (folder / "notes.md").write_text("[a](gone.md)\n", "utf-8")
    with pytest.raises(SystemExit, match=r"1 fault in tracked texts\."):
        texts.main()
    assert capsys.readouterr().out == "notes.md:1: gone.md: there is no such tracked file\n"


def test_this_repository() -> None:
    assert [str(fault) for fault in texts.faults(texts.ROOT, texts.tracked(texts.ROOT))] == []
