"""What Landlock holds without the other rules."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.sandbox.lock import landlock, syscalls
from support.forks import refusal, told_by_child


def version() -> int:
    """The kernel's ABI, 0 where there is none."""
    if sys.platform != "linux" or os.uname().machine not in syscalls.NUMBERS:
        return 0
    try:
        return landlock.abi()
    except OSError:
        return 0


has_landlock = pytest.mark.skipif(version() == 0, reason="there is no Landlock here")


def restricted(body: Callable[[], dict[str, str]], *readable: str, scopes: bool) -> dict[str, str]:
    """What a function returns in a child under Landlock and no other rule."""

    def restrict(fd: int) -> dict[str, str]:
        syscalls.prctl(38, 1)  # PR_SET_NO_NEW_PRIVS
        landlock.restrict(readable, scopes, landlock.abi())
        return body()

    found = told_by_child(restrict)
    assert isinstance(found, dict), found
    return found


@has_landlock
@pytest.mark.parametrize("scopes", [True, False])
def test_files_are_for_reading_only(tmp_path: Path, scopes: bool) -> None:
    (tmp_path / "open").mkdir()
    book, secret = tmp_path / "open/book", tmp_path / "secret"
    book.write_text("words")
    secret.write_text("words")

    def touch() -> dict[str, str]:
        return {
            "read": refusal(open, book),
            "list": refusal(os.listdir, tmp_path / "open"),
            "secret": refusal(open, secret),
            "outside": refusal(os.listdir, tmp_path),
            "write": refusal(open, book, "w"),
            "truncate": refusal(os.truncate, book, 0),
            "mkdir": refusal(os.mkdir, tmp_path / "open/new"),
            "unlink": refusal(os.unlink, book),
            "link": refusal(os.symlink, "x", tmp_path / "open/link"),
            "rename": refusal(os.rename, book, tmp_path / "open/new"),
            "run": refusal(os.execv, "/bin/true", ["true"]),
            "proc": refusal(open, "/proc/self/status"),
        }

    answers = restricted(touch, str(tmp_path / "open"), str(tmp_path / "missing"), scopes=scopes)
    if version() < 3:
        del answers["truncate"]  # came with ABI 3; the filter refuses it in any case
    assert (answers.pop("read"), answers.pop("list")) == ("allowed", "allowed")
    assert set(answers.values()) == {"EACCES"}
    shutil.rmtree(tmp_path / "open")


@has_landlock
@pytest.mark.skipif(version() < 5, reason="came with ABI 5; the filter refuses it in any case")
def test_devices_take_no_commands() -> None:
    def command() -> dict[str, str]:
        with open("/dev/urandom", "rb") as device:
            return {"RNDGETENTCNT": refusal(fcntl.ioctl, device, 0x80045200, bytes(4))}

    assert command() == {"RNDGETENTCNT": "allowed"}
    assert restricted(command, "/dev/urandom", scopes=True) == {"RNDGETENTCNT": "EACCES"}


@pytest.fixture
def listeners() -> Iterator[tuple[str, tuple[str, int]]]:
    """An abstract socket and a port of this machine that accept connections."""
    with socket.socket(socket.AF_UNIX) as abstract, socket.create_server(("127.0.0.1", 0)) as tcp:
        name = f"\0wxb-landlock-{os.getpid()}"
        abstract.bind(name)
        abstract.listen()
        yield name, tcp.getsockname()


@has_landlock
@pytest.mark.parametrize("scopes", [True, False])
def test_scopes_and_ports(scopes: bool, listeners: tuple[str, tuple[str, int]]) -> None:
    """Where the kernel can: no port, and with scopes no abstract socket and no signal."""
    name, address = listeners

    def reach() -> dict[str, str]:
        with socket.socket(socket.AF_UNIX) as abstract, socket.socket() as tcp:
            return {
                "abstract": refusal(abstract.connect, name),
                "port": refusal(tcp.connect, address),
                "signal": refusal(os.kill, os.getppid(), 0),
                "itself": refusal(os.kill, os.getpid(), 0),
            }

    scoped = "EPERM" if scopes and version() >= 6 else "allowed"
    assert restricted(reach, scopes=scopes) == {
        "abstract": scoped,
        "port": "EACCES" if version() >= 4 else "allowed",
        "signal": scoped,
        "itself": "allowed",
    }


@has_landlock
def test_older_kernels_are_asked_for_what_they_know(tmp_path: Path) -> None:
    """Each ABI version up to this kernel's can be asked for, and holds."""
    for known in range(1, version() + 1):
        pid = os.fork()
        if not pid:
            try:
                syscalls.prctl(38, 1)
                landlock.restrict([], True, known)
                os._exit(0 if refusal(os.listdir, "/") == "EACCES" else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, f"ABI {known}"


@has_landlock
def test_needs_no_new_privileges() -> None:
    """Restricting without it is an error, not a lock that is not there."""
    if os.getuid() == 0:
        pytest.skip("root may restrict itself all the same")
    code = (
        "from grader.sandbox.lock import landlock\n"
        "try: landlock.restrict([], True, landlock.abi())\n"
        "except PermissionError: print('refused')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "refused\n"
