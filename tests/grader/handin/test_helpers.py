"""Modules beside a notebook: which ones come along."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import SubmissionError
from grader.handin.helpers import helpers
from support.files import write

FILES = {
    "mine.py": "import deeper\nfrom kit import part\n",
    "deeper.py": "x = 1\n",
    "other.py": "x = 2\n",
    "kit/part.py": "import mine\n",
    "sums.py": "x = 3\n",
}


def test_what_is_imported_comes_along_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    found = helpers(["from mine import *\nimport numpy, sums\n"], tmp_path, {"sums.py"})
    assert set(found) == {"mine.py", "deeper.py", "kit/part.py"}


@pytest.mark.parametrize("name", ["mine", "kit"])
def test_others_links_are_refused_and_one_s_own_are_followed(tmp_path: Path, name: str) -> None:
    secret = write(
        tmp_path / "secret", {"mine.py": "answer = 42\n", "kit/part.py": "answer = 42\n"}
    )
    folder = tmp_path / "work"
    folder.mkdir()
    file = f"{name}.py" if name == "mine" else name
    (folder / file).symlink_to(secret / file)
    text = f"import {name}"
    assert "answer = 42\n" in helpers([text], folder, set()).values()
    with pytest.raises(SubmissionError, match="it is a link"):
        helpers([text], folder, set(), own=False)
