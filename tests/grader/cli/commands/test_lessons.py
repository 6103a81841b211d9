"""`grade lessons`: what it says when it cannot serve, and the files that it writes."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from support.commands import Grade


def test_the_lessons_are_written_as_files(grade: Grade, course_dir: Path, tmp_path: Path) -> None:
    ran = grade("lessons", "--export", "../pages")
    assert ran.status == 0
    assert ran.out == "2 pages in ../pages; open ../pages/index.html in a browser.\n"
    assert (tmp_path / "pages" / "01_a.html").is_file()
    assert grade("lessons", "--export", ".").status == 2


def test_what_cannot_be_served_is_one_sentence(
    grade: Grade, course_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ran = grade("lessons", "--no-open", "--port", port)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert f"Port {port} is in use" in ran.err
    for options, told in [
        (["--prefix", "proxy"], "is no prefix"),
        (["--host-name", "https://x"], "no name of a host"),
        (["--port", "70000"], "is no port"), (["--address", "203.0.113.7"], "no address of this"),
    ]:  # fmt: skip
        ran = grade("lessons", "--no-open", *options)
        assert (ran.status, told in ran.err, "Traceback" in ran.err) == (2, True, False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "grader.web.server", raising=False)
    monkeypatch.delitem(sys.modules, "grader.web.lessons.app", raising=False)
    ran = grade("lessons", "--no-open")
    assert ran.status == 2
    assert "install it with pip install 'wxb[web]'" in ran.err


def test_it_serves_until_ctrl_c_and_leaves_nothing(course_dir: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "grader.cli", "lessons", "--no-open"], cwd=course_dir, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": ""},
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", url)
            with httpx.Client(trust_env=False, follow_redirects=True, timeout=60) as visit:
                assert visit.get(url).status_code == 200
                with visit.stream("GET", f"{url.partition('?')[0]}events") as answer:
                    assert next(answer.iter_lines()) == "event: hello"
                    process.send_signal(signal.SIGINT)
                    out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, "", "")
