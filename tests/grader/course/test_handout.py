"""A newer handout over an older one: nothing that a student has written is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.handout import Laid, lay_over, save_aside, write_listing
from support.files import write

STUB = '"""Q?"""\n\n\ndef f(x):\n    """Say {what}."""\n    raise NotImplementedError\n'
WORK = STUB.replace("raise NotImplementedError", "return x")


def handout(folder: Path, what: str, **more: str) -> Path:
    files = {
        "course.yaml": f"# {what}\nhandout: true\n",
        "exercises/a/f.py": STUB.format(what=what),
        "exercises/a/README.md": f"# {what}\n",
        "guide/a/f.json": f'"{what}"\n',
        **more,
    }
    write(folder, files)
    write_listing(folder)
    return folder


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return handout(tmp_path / "new", "the new")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return handout(
        tmp_path / "old", "the old", **{"exercises/a/g.py": STUB, "exercises/b/h.py": STUB}
    )


def texts(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def test_an_untouched_handout_becomes_the_new_one(new: Path, old: Path) -> None:
    assert lay_over(new, old) == Laid()
    assert texts(old) == texts(new)
    assert not (old / "exercises" / "b").exists()
    assert lay_over(new, old) == Laid(), "once more changes nothing"
    assert lay_over(new, old.with_name("third")) == Laid()
    assert texts(old.with_name("third")) == texts(new)


def test_what_was_written_stays(new: Path, old: Path) -> None:
    (old / "exercises/a/f.py").write_text(WORK)
    (old / "exercises/a/g.py").write_text(WORK)
    (old / "exercises/a/README.md").write_text("notes\n")
    write(old, {"exercises/a/helper.py": "x = 1\n", ".wxb/progress.json": "{}", "my.ipynb": "{}"})
    assert lay_over(new, old) == Laid(
        ("exercises/a/f.py",), (("exercises/a/README.md", "saved/a/README_1.md"),)
    )
    there = texts(old)
    assert there.pop("exercises/a/f.py") == WORK
    assert there.pop("exercises/a/g.py") == WORK, "its exercise is gone, the work is not"
    assert there.pop("saved/a/README_1.md") == "notes\n"
    assert there.pop("exercises/a/helper.py") == "x = 1\n"
    assert there.keys() - texts(new).keys() == {".wxb/progress.json", "my.ipynb"}
    assert there["exercises/a/README.md"] == "# the new\n"
    (old / "exercises/a/README.md").write_text("more\n")
    assert lay_over(new, old).saved[0][1] == "saved/a/README_2.md"


def test_a_comment_in_a_stub_is_work(new: Path, old: Path) -> None:
    path = old / "exercises/a/f.py"
    path.write_text(path.read_text() + "# think of zero\n")
    assert lay_over(new, old).kept == ("exercises/a/f.py",)


def test_line_ends_are_no_work(new: Path, old: Path) -> None:
    path = old / "exercises/a/f.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert lay_over(new, old) == Laid()


@pytest.mark.parametrize("listing", [None, "{", '{"files": {"../new/course.yaml": "0"}}'])
def test_an_older_handout_has_no_listing(new: Path, old: Path, listing: str | None) -> None:
    path = old / "guide/handout.json"
    path.unlink() if listing is None else path.write_text(listing)
    before = texts(new)
    (old / "exercises/a/g.py").write_text(WORK)
    assert lay_over(new, old) == Laid()
    assert texts(old)["exercises/a/f.py"] == STUB.format(what="the new")
    assert texts(old)["exercises/a/g.py"] == WORK
    assert texts(new) == before


def test_what_cannot_be_saved_is_not_touched(new: Path, old: Path) -> None:
    (old / "exercises/a/README.md").write_text("notes\n")
    (old / "saved").write_text("in the way")
    with pytest.raises(OSError, match="saved"):
        lay_over(new, old)
    assert (old / "exercises/a/README.md").read_text() == "notes\n"


def test_no_copy_replaces_another(old: Path) -> None:
    path = old / "exercises/a/f.py"
    names = [save_aside(old, path).relative_to(old).as_posix() for _ in range(3)]
    assert names == ["saved/a/f_1.py", "saved/a/f_2.py", "saved/a/f_3.py"]
