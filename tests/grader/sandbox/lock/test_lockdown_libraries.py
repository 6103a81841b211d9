"""What must still work under the lock: computing, threads, and importing what is installed.

One fresh interpreter loads NumPy and PyTorch, as the zygote does, and forks a locked child for
each piece of code below.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.lock import lockdown
from grader.sandbox.processes.interpreter import clean_environment
from support import needs

if needs.NO_LOCK:
    pytest.skip(needs.NO_LOCK, allow_module_level=True)

STANDARD = """
    os inspect gc ctypes threading subprocess socket asyncio multiprocessing signal select
    concurrent.futures queue random tempfile pathlib shutil glob time datetime zoneinfo decimal
    fractions statistics itertools functools dataclasses typing enum abc copy pickle json csv
    sqlite3 zipfile lzma bz2 gzip tarfile hashlib hmac secrets ssl urllib.request http.client email
    xml.etree.ElementTree html unittest unittest.mock doctest pydoc logging.config argparse
    configparser timeit cProfile tracemalloc platform locale getpass pwd resource mmap fcntl
    multiprocessing.pool multiprocessing.shared_memory webbrowser code pdb traceback linecache
"""
INSTALLED = """
    numpy.ma numpy.polynomial numpy.testing numpy.f2py torch.nn.functional torch.autograd
    torch.optim torch.testing torch.nn.utils torch.utils.data torch.func torch._dynamo
    torch.distributions torch.fft torch.linalg pydantic rich yaml pytest typer
"""
PIECES = {
    "numpy": """
import numpy as np
a = np.random.default_rng(1).normal(size=(64, 64))
u, s, v = np.linalg.svd(a)
assert np.allclose((u * s) @ v, a)
assert np.allclose(np.linalg.inv(a) @ a, np.eye(64), atol=1e-6)
np.linalg.eigh(a @ a.T); np.fft.fft(a); np.einsum("ij,jk->ik", a, a); np.sort(a)
""",
    "torch": """
x = torch.randn(32, 16, requires_grad=True)
(torch.relu(x @ torch.randn(16, 8))).sum().backward()
assert x.grad.shape == (32, 16)
torch.nn.Conv2d(3, 4, 3)(torch.randn(2, 3, 16, 16)).sum().backward()
torch.nn.functional.conv1d(torch.randn(1, 1, 9), torch.randn(1, 1, 3))
torch.linalg.svd(torch.randn(8, 8)); torch.linalg.solve(torch.eye(3), torch.ones(3))
assert torch.allclose(torch.func.grad(lambda t: (t * t).sum())(torch.ones(3)), 2 * torch.ones(3))
repr(torch.randn(3)); torch.manual_seed(1)
""",
    "torch layers": """
net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.LayerNorm(8), torch.nn.GELU(),
                          torch.nn.Linear(8, 2), torch.nn.Softmax(-1))
net(torch.randn(5, 4)).sum().backward()
torch.nn.MultiheadAttention(8, 2)(*[torch.randn(3, 1, 8)] * 3)
torch.nn.LSTM(4, 4)(torch.randn(3, 1, 4)); torch.nn.Embedding(5, 3)(torch.tensor([1]))
""",
    "torch optimiser": """
layer = torch.nn.Linear(3, 1)
optimiser = torch.optim.Adam(layer.parameters())
layer(torch.randn(4, 3)).mean().backward(); optimiser.step()
torch.testing.assert_close(torch.ones(2), torch.ones(2))
""",
    "torch threads": """
torch.set_num_threads(3)
a = torch.randn(600, 600)
assert torch.isfinite(a @ a).all()
""",
    "torch in memory": """
import io
buffer = io.BytesIO()
torch.save(torch.arange(5), buffer); buffer.seek(0)
assert torch.load(buffer).tolist() == [0, 1, 2, 3, 4]
""",
    "threads": """
import threading, concurrent.futures, queue, time
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    assert list(pool.map(lambda n: n * n, range(20))) == [n * n for n in range(20)]
timer = threading.Timer(0.01, lambda: None); timer.start(); timer.join()
threading.stack_size(1 << 18)
lock = threading.Condition()
with lock: lock.wait(0.01)
""",
    "time": """
import time, select, datetime, zoneinfo
before = time.monotonic(); time.sleep(0.01)
assert time.monotonic() >= before + 0.009
select.select([], [], [], 0.001); select.poll().poll(1)
datetime.datetime.now(); zoneinfo.ZoneInfo("Europe/Berlin"); time.localtime(); time.process_time()
""",
    "ctypes": """
import ctypes
compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
numbers = (ctypes.c_int * 4)(3, 1, 2, 0)
ctypes.CDLL(None).qsort(numbers, 4, 4, compare(lambda a, b: a[0] - b[0]))
assert list(numbers) == [0, 1, 2, 3]
ctypes.CDLL("libm.so.6").cos
""",
    "processes are refused kindly": """
import subprocess, os
try: subprocess.run(["true"])
except PermissionError: pass
else: raise AssertionError
try: os.fork()
except PermissionError: pass
else: raise AssertionError
""",
    "files are refused kindly": """
import tempfile, pathlib
for act in (lambda: open("x", "w"), tempfile.mkdtemp, pathlib.Path("/tmp/wxb-not-to-be").touch):
    try: act()
    except (PermissionError, FileNotFoundError): pass
    else: raise AssertionError
open("/dev/null").read(); open("/dev/urandom", "rb").read(4)
""",
    "questions": """
import platform, os, sys, locale, pathlib, inspect, numpy
platform.platform(); os.cpu_count(); os.getpid(); os.urandom(3); locale.getlocale()
pathlib.Path(numpy.__file__).resolve(); inspect.getsource(numpy.linalg.norm); os.getcwd()
os.path.expanduser("~"); sys.getrecursionlimit(); os.sched_getaffinity(0); os.times()
os.isatty(0); os.get_terminal_size.__doc__; platform.processor
""",
    "deep recursion": """
import sys
sys.setrecursionlimit(5000)
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
assert deep(4000) == 4000
""",
}  # fmt: skip

ZYGOTE = """
import json, os, socket, sys, traceback
pieces, packages = json.load(sys.stdin)
import torch
torch.set_num_threads(1)
from grader.sandbox.lock import lockdown
from grader.sandbox.processes import zygote
zygote.warm()
prepared = lockdown.prepare()
readable = lockdown.readable_paths(sys.path, packages)
policy = lockdown.Policy(readable, 1 << 30, 30)
results = {}
for name, code in pieces.items():
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    pid = os.fork()
    if not pid:
        said = "ok"
        try:
            lockdown.lock(prepared, policy, theirs.fileno(), parent)
            exec(code, {"torch": torch, "__name__": "piece"})
        except BaseException:
            said = traceback.format_exc()
        os.write(theirs.fileno(), said.encode())
        os._exit(0)
    theirs.close()
    with ours.makefile("rb") as answer:
        results[name] = answer.read().decode()
    status = os.waitpid(pid, 0)[1]
    results[name] = results[name] or f"ended with {status}"
print(json.dumps(results))
"""


@pytest.fixture(scope="module")
def results() -> dict[str, str]:
    """What became of every piece, each in a locked child of its own."""
    pytest.importorskip("torch")
    pieces = PIECES | {
        f"import {name}": f"import {name}" for name in (STANDARD + INSTALLED).split()
    }
    root = Path(lockdown.__file__).parents[3]
    ran = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.append({str(root)!r})\n{ZYGOTE}"],
        input=json.dumps([pieces, [str(root)]]),
        stdout=subprocess.PIPE,
        env=clean_environment(),
        cwd="/",
        text=True,
        timeout=240,
        check=True,
    )
    found: dict[str, str] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("piece", PIECES)
def test_works(results: dict[str, str], piece: str) -> None:
    assert results[piece] == "ok", results[piece]


@pytest.mark.parametrize("module", STANDARD.split())
def test_standard_library_imports(results: dict[str, str], module: str) -> None:
    assert results[f"import {module}"] == "ok", results[f"import {module}"]


@pytest.mark.parametrize("module", INSTALLED.split())
def test_installed_packages_import(results: dict[str, str], module: str) -> None:
    said = results[f"import {module}"]
    if "ModuleNotFoundError" in said and f"'{module.partition('.')[0]}'" in said:
        pytest.skip(f"{module} is not installed")
    assert said == "ok", said


def test_nothing_is_left(results: dict[str, str]) -> None:
    assert not os.path.exists("/tmp/wxb-not-to-be")
