"""The wheel in a handout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path


def test_the_wheel_is_this_grader(handout: Path, tmp_path: Path) -> None:
    (wheel,) = (handout / "wheels").iterdir()
    assert f"./wheels/{wheel.name}" in (handout / "requirements.txt").read_text()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
        record = archive.read(next(n for n in archive.namelist() if n.endswith("RECORD"))).decode()
        assert len(record.splitlines()) == len(archive.namelist())
    done = subprocess.run(
        [sys.executable, "-c", "import grader; print(grader.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path) in done.stdout
