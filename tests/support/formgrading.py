"""A Jupyter server with nbgrader's formgrader, and a browser that looks at it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support import needs

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
chromium = needs.system("chromium", bool(CHROMIUM))
#: Seconds in which the server must answer; it takes three where nothing else runs.
_PATIENCE = 120
_TOKEN = "formgrader"
_CONFIG = """c = get_config()
c.CourseDirectory.course_id = "tiny"
c.CourseDirectory.root = {root!r}
{more}
"""


def configure(folder: Path, more: str = "") -> Path:
    """An nbgrader_config.py for a course's folder."""
    path = folder / "nbgrader_config.py"
    path.write_text(_CONFIG.format(root=str(folder), more=more), "utf-8")
    return path


def environment(home: Path) -> dict[str, str]:
    """Variables under which Jupyter and nbgrader read and write below `home` alone."""
    home.mkdir(exist_ok=True)
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_PATH": _shared(),
    }
    return {**os.environ, **{name: str(path) for name, path in own.items()}}


def _shared() -> Path:
    """Jupyter's templates: beside the library, also where an environment borrows that."""
    spec = importlib.util.find_spec("nbconvert")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parents[4] / "share" / "jupyter"


def nbgrader(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """`nbgrader ARGS…` in a course's folder, in an environment that is not activated."""
    variables = environment(folder.parent / "home")
    scripts = str(Path(sys.executable).parent)
    parts = variables.get("PATH", "").split(os.pathsep)
    variables["PATH"] = os.pathsep.join(part for part in parts if part != scripts)
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *args],
        cwd=folder, env=variables, capture_output=True, text=True, timeout=_PATIENCE, check=False,
    )  # fmt: skip


@contextmanager
def formgrader(folder: Path) -> Iterator[str]:
    """The address of a formgrader for a course's folder; it takes paths behind it."""
    with jupyter(folder, "nbgrader.server_extensions.formgrader") as address:
        yield address + "formgrader"


@contextmanager
def jupyter(folder: Path, extension: str) -> Iterator[str]:
    """The address of a Jupyter server with one extension; it takes paths behind it."""
    variables = environment(folder.parent / "home")
    log = folder.parent / "server.log"
    with log.open("wb") as file:
        server = subprocess.Popen(
            [
                sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root",
                "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={folder}",
                f"--IdentityProvider.token={_TOKEN}",
                f"--ServerApp.jpserver_extensions={{'{extension}': True}}",
            ],
            cwd=folder, env=variables, stdout=file, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        yield _address(server, Path(variables["JUPYTER_RUNTIME_DIR"]), log)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _address(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """Where the server listens, as it writes down itself once it does."""
    told = runtime / f"jpserver-{server.pid}.json"
    last = time.monotonic() + _PATIENCE
    while time.monotonic() < last and server.poll() is None:
        if told.is_file() and (text := told.read_text("utf-8")).endswith("}"):
            return str(json.loads(text)["url"])
        time.sleep(0.05)
    raise AssertionError(f"the server did not begin: {log.read_text('utf-8', 'replace')}")


def with_token(url: str) -> str:
    return f"{url}?token={_TOKEN}"
