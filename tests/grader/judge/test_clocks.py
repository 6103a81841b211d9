"""Suites that look at the clock are found, whatever they call it."""

from __future__ import annotations

import pytest

from grader.judge.clocks import clock_reads


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import time\ntime.time()", [(2, "time.time")]),
        ("import time as t\nt.perf_counter_ns()", [(2, "time.perf_counter_ns")]),
        ("from time import monotonic as now\nx = now", [(2, "time.monotonic")]),
        ("from time import *\nsleep(1)", [(2, "time.sleep")]),
        ("import datetime\ndatetime.datetime.now()", [(2, "datetime.datetime.now")]),
        ("from datetime import date, datetime as d\nd.now(), date.today()",
         [(2, "datetime.date.today"), (2, "datetime.datetime.now")]),
        ("import timeit\ntimeit.timeit(f)", [(2, "timeit.timeit")]),
        ("import numpy as np\nnp.datetime64('now')", [(2, "numpy.datetime64('now')")]),
        ("__import__('time').time()", [(1, "time.time")]),
        ("def test_f(student):\n    from time import time\n    time()", [(3, "time.time")]),
    ],
)  # fmt: skip
def test_what_looks_at_the_clock(text: str, found: list[tuple[int, str]]) -> None:
    assert [*clock_reads(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "import time",
        "time = 3\ntime + 1",
        "def f(time): return time.time",
        "import numpy as np\nnp.datetime64('2027-01-01')",
        "from datetime import datetime\ndatetime(2027, 1, 1)",
        "x.sleep(1)",
    ],
)
def test_what_does_not(text: str) -> None:
    assert [*clock_reads(text)] == []
