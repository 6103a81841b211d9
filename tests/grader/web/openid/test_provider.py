"""authlib is loaded only where it is asked for, and missed in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.web.openid.provider import Provider
from grader.web.openid.settings import read_settings
from support.providers import settings_file

PAGES = """
import sys
import grader.cli, grader.web.dashboard.site, grader.web.dashboard.members
heavy = {"authlib", "joserfc", "requests", "cryptography", "numpy", "torch", "pytest"}
assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()
"""


def test_pages_load_no_authlib_by_themselves() -> None:
    ran = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_library_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "authlib.integrations.base_client", None)
    settings = read_settings(settings_file(tmp_path, "https://login.example.edu"))
    with pytest.raises(UsageError, match=r"needs authlib: python -m pip install 'wxb\[oidc\]'"):
        Provider(settings, "https://class.example.edu/sign-in/callback")
