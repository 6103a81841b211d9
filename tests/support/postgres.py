"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, gone afterwards."""

from __future__ import annotations

import contextlib
import getpass
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Seconds in which a server must answer; it takes one.
_PATIENCE = 60


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`: Debian's package puts none of them on PATH."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return max((f for f in folders if (f / "initdb").exists()), default=None)


class Server:
    """A running server; `new()` is the URL of another empty schema, which is made at once."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    def new(self) -> str:
        import psycopg

        name = f"book{next(self._numbers)}"
        with psycopg.connect(self._target, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"postgresql://wxb@/postgres?host={self._socket}&options=-csearch_path%3D{name}"

    @property
    def _target(self) -> str:
        return f"host={self._socket} user=wxb dbname=postgres"

    def answers(self) -> bool:
        import psycopg

        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(self._target).close()
            return True
        return False


@contextlib.contextmanager
def server(bin_folder: Path) -> Iterator[Server]:
    """Start one, and end it. It refuses to be root's, so there it runs as somebody else."""
    folder = tempfile.mkdtemp(prefix="wxb-pg-")  # short: a socket's path has 107 bytes
    options: dict[str, Any] = {"env": {**os.environ, "LC_ALL": "C"}, "cwd": folder}
    if os.geteuid() == 0:
        user = _somebody()
        os.chown(folder, user.pw_uid, user.pw_gid)
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = f"{folder}/data"
    try:
        made = subprocess.run(
            [bin_folder / "initdb", "-D", data, "-U", "wxb", "-A", "trust", "-E", "UTF8", "-N"],
            capture_output=True, text=True, **options,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        command = [str(bin_folder / "postgres"), "-D", data, "-k", folder, "-h", "", "-F",
                   "-c", "max_connections=40"]  # fmt: skip
        with open(f"{folder}/log", "wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, **options)
        try:
            started = Server(folder)
            until = time.monotonic() + _PATIENCE
            while not started.answers():
                said = Path(folder, "log").read_text("utf-8", "replace")
                assert process.poll() is None, said
                assert time.monotonic() < until, said
                time.sleep(0.02)
            yield started
        finally:
            process.send_signal(signal.SIGINT)  # which ends connections that are still open
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder)


def _somebody() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise AssertionError(f"{getpass.getuser()} may not run PostgreSQL, and there is nobody else")
