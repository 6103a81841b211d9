"""What the machine must have for a test; each is a mark that skips the test where it lacks.

What a package of the system would bring says so at the beginning of its reason. Where WXB_CI is
set such a skip is a failure (see tests/conftest.py): the machine that decides has everything.
"""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import sys

import pytest

from grader.sandbox.lock import lockdown

SYSTEM = "needs SYSTEM: "
#: Whether a missing package of the system is a failure.
STRICT = bool(os.environ.get("WXB_CI"))


def system(package: str, there: bool) -> pytest.MarkDecorator:
    """A package of the system, by the name under which it is installed."""
    return pytest.mark.skipif(not there, reason=SYSTEM + package)


def program(name: str, package: str) -> pytest.MarkDecorator:
    """A program on PATH, and the package that brings it."""
    return system(package, shutil.which(name) is not None)


def _lock() -> str:
    """Why the lock cannot be had here; empty where it can."""
    missing = " ".join(lockdown.available().missing)
    if missing and sys.platform == "linux" and not ctypes.util.find_library("seccomp"):
        return f"{SYSTEM}libseccomp2 ({missing})"
    return missing


#: Why there is no lock here; empty where there is.
NO_LOCK = _lock()
TORCH = importlib.util.find_spec("torch") is not None

lock = pytest.mark.skipif(bool(NO_LOCK), reason=NO_LOCK or "the lock is there")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has it")
torch = pytest.mark.skipif(not TORCH, reason="PyTorch is not installed")
