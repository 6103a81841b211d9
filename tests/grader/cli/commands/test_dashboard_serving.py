"""`grade dashboard`: what it says when it cannot serve, and signing in to a real one."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from support.commands import Grade
from support.providers import ROLES, provider, settings_file


def test_what_cannot_be_served_is_one_sentence(
    grade: Grade, course_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = f"{tmp_path / 'marks.db'}"
    good = settings_file(tmp_path, "https://login.example.edu")
    bad = tmp_path / "bad.yaml"
    bad.write_text("issuer: here\n", "utf-8")
    bad.chmod(0o600)
    for options, told in [
        (["--names"], "--names is for --export"),
        (["--sign-in", f"{tmp_path / 'none'}"], "none: No such file"),
        (["--sign-in", f"{bad}"], "bad.yaml:1: issuer: expected an address like"),
        (["--sign-in", f"{good}", "--host", "0.0.0.0"], "0.0.0.0 is an address that others reach"),
    ]:
        ran = grade("dashboard", "--no-open", "--gradebook", book, *options)
        assert (ran.status, told in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err
    monkeypatch.setenv("WXB_SIGN_IN", f"{bad}")
    ran = grade("dashboard", "--no-open", "--gradebook", book)
    assert "bad.yaml:1: issuer" in ran.err
    monkeypatch.setitem(sys.modules, "authlib.integrations.base_client", None)
    ran = grade("dashboard", "--no-open", "--gradebook", book, "--sign-in", f"{good}")
    assert (ran.status, "python -m pip install 'wxb[oidc]'" in ran.err) == (2, True)
    monkeypatch.setitem(sys.modules, "grader.web.dashboard.site", None)
    ran = grade("dashboard", "--no-open", "--gradebook", book)
    assert (ran.status, "install it with pip install 'wxb[web]'" in ran.err) == (2, True)


def test_people_sign_in_to_a_served_class_until_ctrl_c(course_dir: Path, tmp_path: Path) -> None:
    with provider() as there:
        file = settings_file(tmp_path, there.issuer, ROLES)
        command = [sys.executable, "-m", "grader.cli", "dashboard", "--no-open", "--gradebook",
                   f"{tmp_path / 'marks.db'}"]  # fmt: skip
        with subprocess.Popen(
            command, cwd=course_dir, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": "", "WXB_SIGN_IN": f"{file}"},
        ) as process:  # fmt: skip
            try:
                assert process.stdout is not None
                url = process.stdout.readline().strip()
                assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", url)
                origin = url.partition("/?")[0]
                there.redirects.add(f"{origin}/sign-in/callback")
                with httpx.Client(trust_env=False, follow_redirects=True, timeout=60) as visit:
                    refused = visit.get(f"{origin}/map")
                    assert refused.status_code == 401
                    link = re.search(r'href="([^"]+sign-in[^"]+)"', refused.text)
                    assert link is not None
                    assert "You have signed in" in visit.get(link[1]).text
                    assert visit.get(f"{origin}/log").status_code == 200
                    assert "id-olga" in visit.get(f"{origin}/log").text
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=60)
            finally:
                process.kill()
    assert (process.returncode, out) == (0, "")
    assert err == f"{file}: there is no section mon in this class.\n"
