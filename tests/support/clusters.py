"""A Dask scheduler and workers, as processes of the tests' own; and gradebooks, to compare them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from grader.classroom.gradebook.tables import METADATA
from support import processes

#: Seconds in which a scheduler, a worker or a run must come to what is waited for.
_PATIENCE = 60.0


def wait_until(what: Callable[[], object], seconds: float = _PATIENCE) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come to that in time"
        time.sleep(0.02)


class Cluster:
    """A scheduler on a port of its own, and workers, each under a nanny; one thread each.

    Args:
        folder: where they write.
    """

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self._folder = folder
        self._programs: list[subprocess.Popen[bytes]] = []
        self.port = 0
        self.start_scheduler()
        for _ in range(workers):
            self.start_worker()
        log = self._folder / "worker.log"
        wait_until(lambda: not workers or log.read_bytes().count(b"Registered to") == workers)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        """Start the scheduler, or start it again on the same port."""
        said = self._folder / "scheduler.json"
        said.unlink(missing_ok=True)
        self.scheduler = self._run(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard",
            "--scheduler-file", str(said),
        )  # fmt: skip
        wait_until(lambda: said.exists() and said.read_text().endswith("}"))
        self.port = int(json.loads(said.read_text())["address"].rpartition(":")[2])

    def start_worker(self, *args: str) -> subprocess.Popen[bytes]:
        """Start a nanny with a worker; it waits for the scheduler by itself."""
        return self._run(
            "worker", self.address, "--host", "127.0.0.1", "--nworkers", "1", "--nthreads", "1",
            "--no-dashboard", "--local-directory", str(self._folder), "--memory-limit", "0", *args,
        )  # fmt: skip

    def workers(self) -> list[int]:
        """Processes in which tasks run: the nannies' children."""
        nannies = [p.pid for p in self._programs if p is not self.scheduler and p.poll() is None]
        parents = processes.parents()
        return [
            pid
            for pid, parent in parents.items()
            if parent in nannies and b"spawn_main" in _command(pid)
        ]

    def judging(self) -> list[int]:
        """Those of them that have a base."""
        return [pid for pid in self.workers() if bases(pid)]

    def courses(self) -> list[Path]:
        """Courses that lie unpacked somewhere."""
        return list(self._folder.rglob("wxb-course-*"))

    def close(self, how: int = signal.SIGTERM) -> None:
        """End everything by a signal, and see that nothing is left."""
        started = {pid for p in self._programs for pid in processes.below(p.pid)}
        for program in reversed(self._programs):
            if program.poll() is None:
                program.send_signal(how)
        for program in self._programs:
            try:
                program.wait(timeout=20)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
        processes.wait_until_gone(*started)
        wait_until(lambda: not self.courses())

    def _run(self, what: str, *args: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{what}.log").open("ab") as log:
            program = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{what}", *args],
                stdout=log, stderr=log, cwd=self._folder, env={**os.environ, "PYTHONPATH": ""},
            )  # fmt: skip
        self._programs.append(program)
        return program


def bases(pid: int) -> list[int]:
    """The bases that a process has started."""
    return [
        child
        for child, parent in processes.parents().items()
        if parent == pid and b"grader.sandbox.processes.base" in _command(child)
    ]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def contents(path: str | Path) -> dict[str, list[str]]:
    """All tables of a gradebook in SQLite, without times; a row's number is what is in it."""
    found: dict[str, dict[Any, str]] = {}
    with closing(sqlite3.connect(path)) as book:
        book.row_factory = sqlite3.Row
        # Those that only number rows of others come last.
        for table in sorted(METADATA.sorted_tables, key=lambda t: "last_grading" in t.columns):
            if table.name == "run":  # which program did it, and not what it came to
                continue
            refers = {
                column.name: next(iter(column.foreign_keys)).column.table.name
                for column in table.columns
                if column.foreign_keys
            }
            refers = {n: t for n, t in _NUMBERS.items() if n in table.columns} | refers
            rows = found[table.name] = {}
            for number, row in enumerate(book.execute(f"SELECT * FROM {table.name}")):
                told, told_of = {}, row.keys()
                for name in told_of:
                    if name == "id" or name in _TIMES:
                        continue
                    value = row[name]
                    if name in refers and value is not None:
                        value = found[refers[name]][value]
                    told[name] = _document(value) if name == "document" else value
                key = next((row[name] for name in ("id", "key") if name in told_of), number)
                rows[key] = repr(told)
    return {table: sorted(rows.values()) for table, rows in found.items()}


def _document(data: bytes) -> str:
    text = zlib.decompress(data).decode()
    return json.dumps(_timeless(json.loads(text))) if text.startswith(("{", "[")) else text


def _timeless(value: Any) -> Any:
    """A document without what two runs never have in common: how long tests took, and when."""
    if isinstance(value, list):
        return [_timeless(each) for each in value]
    if isinstance(value, dict):
        return {key: _timeless(each) for key, each in value.items() if key not in _TIMES}
    return value


#: Columns that number rows of a table and are no foreign keys -> the table.
_NUMBERS = {"submission": "submission", "first_grading": "grading", "last_grading": "grading"}
#: What tells times, in columns and in documents.
_TIMES = frozenset(
    {"ms", "median", "p95", "at", "as_of", "recorded", "last_at", "last_second", "times"}
)
