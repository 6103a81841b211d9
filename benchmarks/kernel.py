"""What a student's `check()` takes of a hub's memory: a Jupyter server, a kernel and the grader.

    python -m benchmarks.kernel [--limit MIB]

A handout is built; a Jupyter server is started in it inside of a control group, a kernel by its
REST interface, and cells are run in the kernel: the reference of every exercise, and `check()`.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.bounded import Group, group

__all__ = ["Hub", "Taken", "hub", "taken"]

ROOT = Path(__file__).resolve().parent.parent
MIB = 1 << 20
_PATIENCE = 120.0
#: A module that imports PyTorch when it is defined.
_IMPORTED = re.compile(r"^(?:import|from) torch\b", re.MULTILINE)
#: As where PyTorch is not installed: the grader loads none, and its tests are left out.
NO_TORCH = """
from grader.sandbox.processes import caller
_begin = caller.Base.__init__
caller.Base.__init__ = lambda self, torch=True: _begin(self, torch=False)
"""


class Taken(NamedTuple):
    """MiB of some processes together.

    Args:
        own: memory that nobody else has and that cannot be dropped.
        files: pages of programs and libraries, each counted once; where memory is short the kernel
            drops them and reads them again.
    """

    own: float
    files: float


def taken(pids: list[int]) -> Taken:
    """Of these processes (proc(5), smaps and smaps_rollup); who has ended counts nothing."""
    own, files = 0, dict[str, int]()
    for pid in pids:
        with suppress(OSError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            own += sum(map(int, re.findall(r"^Pss_(?:Anon|Shmem):\s+(\d+)", rollup, re.M)))
            here = dict[str, int]()
            for path, rss, anonymous in re.findall(
                r"^[0-9a-f]+-.*?(/.*)\n(?:.*\n)*?Rss:\s+(\d+)(?:.*\n)*?Anonymous:\s+(\d+)",
                Path(f"/proc/{pid}/smaps").read_text(),
                re.M,
            ):
                here[path] = here.get(path, 0) + int(rss) - int(anonymous)
            for path, size in here.items():
                files[path] = max(size, files.get(path, 0))
    return Taken(own / 1024, sum(files.values()) / 1024)


class Hub:
    """A Jupyter server in a folder, and one kernel of it."""

    def __init__(self, folder: Path, home: Path, inside: Group | None) -> None:
        self._inside = inside
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        token = secrets.token_hex(16)
        self._url, self._token = f"http://127.0.0.1:{port}/api", token
        self._runtime = home / "runtime"
        paths = {
            "JUPYTER_RUNTIME_DIR": str(self._runtime),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTER_PLATFORM_DIRS": "1",
        }
        kernel = home / "data" / "kernels" / "python3" / "kernel.json"
        kernel.parent.mkdir(parents=True)
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
        kernel.write_text(json.dumps(spec))
        options = [f"--ServerApp.port={port}", f"--IdentityProvider.token={token}", "--allow-root"]
        self._server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", *options],
            cwd=folder,
            env=os.environ | paths,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=inside.enter if inside is not None else None,
        )

    def begin(self) -> None:
        """Wait for the server, and start the kernel."""
        from jupyter_client.blocking.client import BlockingKernelClient

        end = time.monotonic() + _PATIENCE
        while True:
            try:
                kernel = self._ask("/kernels", {"name": "python3"})
                break
            except OSError:
                if self._server.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.1)
        file = self._runtime / f"kernel-{kernel['id']}.json"
        self._kernel = kernel["id"]
        self._client = BlockingKernelClient(connection_file=str(file))
        self._client.load_connection_file()
        self._client.start_channels(hb=False)
        while not self._answers():  # the client's own waiting takes a slow beginning for an end
            if time.monotonic() > end:
                raise TimeoutError("the kernel does not answer")

    def _answers(self) -> bool:
        """Whether the kernel answers, and what it prints is heard."""
        self._client.kernel_info()
        try:
            self._client.get_shell_msg(timeout=2)
            self._client.get_iopub_msg(timeout=2)
        except queue.Empty:
            return False
        return True

    def run(self, cell: str) -> str:
        """What a cell prints.

        Raises:
            RuntimeError: it raised, or its kernel has ended.
        """
        printed: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            printed.append(message["content"].get("text", ""))

        reply = self._client.execute_interactive(cell, timeout=_PATIENCE, output_hook=hear)
        if reply["content"]["status"] != "ok":
            raise RuntimeError(str(reply["content"])[:2000])
        return "".join(printed)

    def pids(self) -> list[int]:
        """Server, kernel, and the grader's processes."""
        from benchmarks.memory import descendants

        return [self._server.pid, *descendants(self._server.pid)]

    def end(self) -> None:
        """End the kernel, then the server."""
        with suppress(OSError, AttributeError):
            self._client.stop_channels()
            self._ask(f"/kernels/{self._kernel}", method="DELETE")
        self._server.send_signal(signal.SIGTERM)
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _ask(self, path: str, body: Any = None, method: str | None = None) -> Any:
        request = urllib.request.Request(
            self._url + path,
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"token {self._token}", "Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            return json.loads(answer.read() or b"null")


@contextmanager
def hub(folder: Path, inside: Group | None) -> Iterator[Hub]:
    """A server in a folder, ended with all its processes."""
    with tempfile.TemporaryDirectory(prefix="wxb-hub-") as home:
        started = Hub(folder, Path(home), inside)
        try:
            started.begin()
            yield started
        finally:
            started.end()


def cells(course: Path, torch: bool) -> Iterator[tuple[str, str]]:
    """What is done, and the cell that does it.

    Args:
        torch: whether a module may import PyTorch when it is defined, in the kernel itself.
    """
    first = course / "solutions" / "01_vectors" / "magnitude.py"
    yield "a server and a kernel", "pass"
    yield "check() imported, the grader started", "from grader.notebook import check, warm\n"
    yield "one exercise checked", first.read_text("utf-8") + "\ncheck('magnitude')"
    for path in sorted((course / "solutions").glob("*/*.py")):
        text = path.read_text("utf-8")
        if torch or not _IMPORTED.search(text):
            yield "", f"{text}\ncheck({path.stem!r})"
    yield "all exercises checked, one by one", "pass"


def main() -> None:
    """Print what each step takes, with PyTorch and without."""
    from grader import Course
    from grader.authoring.release import release

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=1024, help="MiB of the control group")
    limit = parser.parse_args().limit
    with tempfile.TemporaryDirectory(prefix="wxb-handout-") as place:
        handout = Path(place) / "handout"
        release(Course.load(ROOT), handout)
        for name, before in (("with PyTorch", ""), ("without PyTorch", NO_TORCH)):
            with ExitStack() as stack:
                inside = stack.enter_context(group(limit * MIB))
                started = stack.enter_context(hub(handout, inside))
                print(f"{name}: MiB of its own | of libraries", flush=True)
                started.run(before)
                for what, cell in cells(ROOT, torch=not before):
                    started.run(cell)
                    if what:
                        own, files = taken(started.pids())
                        print(f"  {what:40} {own:6.0f} | {files:6.0f}", flush=True)
                if inside is None:
                    print("  no control group can be made here, so nothing was limited")
                else:
                    print(f"  at most, under {limit} MiB{'':22} {inside.peak() / MIB:6.0f}")
                    print(f"  ended for want of memory: {inside.killed()}")


if __name__ == "__main__":
    main()
