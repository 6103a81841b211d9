"""Make .venv and install wxb into it, with the versions of constraints.txt.

    python3 tools/setup.py          what `make test` needs
    python3 tools/setup.py bench    what `make bench` needs on top of it

Needs only Python 3.11 and a package index. What is missing is named, and where it can be done
without, the set-up goes on: PyTorch is optional, and pip can come from outside the new
environment where Python was packaged without ensurepip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def main() -> None:
    if sys.version_info < (3, 11):
        newer = next((p for n in range(20, 10, -1) if (p := shutil.which(f"python3.{n}"))), None)
        if newer is None:
            fail(f"wxb needs Python 3.11 or newer; this is {sys.version.split()[0]}")
        os.execv(newer, [newer, *sys.argv])
    if sys.platform == "win32":
        fail("on Windows nothing of wxb runs yet; README.md says where it does")
    if sys.argv[1:] == ["bench"]:
        install(make_environment(), "-e", ".[bench]")
        (VENV / ".bench").touch()
        return
    print("Setting up .venv (a few minutes the first time) …", flush=True)
    pip = make_environment()
    install(pip, "-e", ".[dev]")
    if os.environ.get("WXB_TORCH", "1") == "0":
        print("PyTorch is left out, as you asked: tests that need it are skipped.")
    elif install_torch(pip):
        print("PyTorch is installed.")
    else:
        print(
            "PyTorch could not be installed: everything NumPy works, and tests that need torch "
            "are skipped. README.md says how to get its CPU build."
        )
    (VENV / ".ready").touch()


def make_environment() -> list[str]:
    """Create .venv; the command that runs pip for it."""
    if not PYTHON.exists():
        try:
            venv.create(VENV, with_pip=True, symlinks=True)
        except (subprocess.CalledProcessError, ModuleNotFoundError):
            print("This Python has no ensurepip (on Debian: apt install python3-venv).")
            venv.create(VENV, with_pip=False, clear=True, symlinks=True)
    if works([str(PYTHON), "-m", "pip", "--version"]):
        return [str(PYTHON), "-m", "pip"]
    if works([sys.executable, "-m", "pip", "--version"]):
        print("Going on with the pip of this Python.")
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    shutil.rmtree(VENV)
    return fail("there is no pip either: install python3-venv or python3-pip, then run make again")


def install(pip: list[str], *what: str) -> None:
    command = [*pip, "install", "-qq", "--constraint", "constraints.txt", *what]
    if subprocess.run(command, cwd=ROOT).returncode:
        fail("pip could not install what is needed; its message is above")


def install_torch(pip: list[str]) -> bool:
    command = [*pip, "install", "-qq", "--constraint", "constraints.txt", "-e", ".[torch]"]
    return subprocess.run(command, cwd=ROOT).returncode == 0


def works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def fail(message: str) -> NoReturn:
    sys.exit(f"Set-up stopped: {message}.")


if __name__ == "__main__":
    main()
