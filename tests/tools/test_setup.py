"""Setting up installs what was asked for, with the pinned versions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import setup


def test_the_benchmarks_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(setup, "make_environment", lambda: ["pip"])
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr("sys.argv", ["setup.py", "bench"])
    setup.main()
    assert asked == [["pip", "install", "-qq", "--constraint", "constraints.txt", "-e", ".[bench]"]]
    assert (tmp_path / ".bench").exists()


def test_windows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(SystemExit, match="on Windows nothing of wxb runs yet"):
        setup.main()
