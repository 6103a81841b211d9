"""A folder laid out like a platform's container, and the programs that the platform would start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from support.files import write

__all__ = ["Autograder", "run"]


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program, with what it printed; nothing of pytest's own environment reaches it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        command, env=kept | environment, capture_output=True, text=True, timeout=280
    )


class Autograder:
    """/autograder, as Gradescope lays it out from a zip.

    Args:
        root: a folder that is not there yet.
        archive: the zip.
    """

    def __init__(self, root: Path, archive: Path) -> None:
        self.root = root
        self.source = root / "source"
        self.results = root / "results" / "results.json"
        with zipfile.ZipFile(archive) as found:
            for info in found.infolist():
                path = Path(found.extract(info, self.source))
                path.chmod(info.external_attr >> 16 & 0o777)
        shutil.copy(self.source / "run_autograder", root)
        (root / "submission").mkdir()

    def use_own_python(self) -> None:
        """Take this environment for the one that setup.sh would make."""
        python = self.root / "wxb" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
        python.chmod(0o755)

    def hand_in(self, files: Mapping[str, str]) -> None:
        """Another submission."""
        shutil.rmtree(self.root / "submission")
        (self.root / "submission").mkdir()
        write(self.root / "submission", files)

    def mark(self, files: Mapping[str, str] | None = None, **environment: str) -> dict[str, Any]:
        """Start run_autograder as Gradescope does, and read what it has written."""
        if files is not None:
            self.hand_in(files)
        self.results.unlink(missing_ok=True)
        ran = self.run(**environment)
        assert ran.returncode == 0, ran.stderr
        found: dict[str, Any] = msgspec.json.decode(self.results.read_bytes())
        return found

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return run(self.root / "run_autograder", **{**self._here(), **environment})

    def set_up(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Start setup.sh as the build of the image does."""
        return run("bash", self.source / "setup.sh", **{**self._here(), **environment})

    def _here(self) -> dict[str, str]:
        is_real = self.root == Path("/autograder")
        return {} if is_real else {"WXB_AUTOGRADER": str(self.root)}
