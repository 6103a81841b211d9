"""Environments of other graders: made once, beside ours, and never in it.

.venv/peers/NAME    what a peer needs, and what its tests need; `make clean` takes it away
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

__all__ = ["TESTS_NEED", "environment", "variables"]

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".venv" / "peers"
#: What the hidden suites, `benchmarks.local` and `grader.assert_close` import.
TESTS_NEED = ("msgspec", "numpy", "pytest", "torch")


def environment(name: str, packages: Sequence[str], place: Path = PLACE) -> Path:
    """The Python of an environment that has these packages, with the versions of constraints.txt.

    It is made where it is missing, or was made for other packages.
    """
    root = place / name
    python, stamp = root / "bin" / "python", root / ".ready"
    wanted = "\n".join(packages)
    if stamp.is_file() and stamp.read_text() == wanted:
        return python
    print(f"Making an environment for {name} (some minutes, once) …", file=sys.stderr, flush=True)
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    try:
        venv.create(root, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        sys.exit("This Python cannot make environments (on Debian: apt install python3-venv).")
    pip = [str(python), "-m", "pip", "install", "-qq", "-c", str(ROOT / "constraints.txt")]
    if subprocess.run([*pip, *packages]).returncode:
        sys.exit(f"{name} cannot be installed; pip's message is above.")
    stamp.write_text(wanted)
    return python


def variables(python: Path) -> dict[str, str]:
    """What to set for its commands: they find each other, and our stand-ins for a student."""
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", "")])
    return {"PATH": path, "PYTHONPATH": str(ROOT)}
