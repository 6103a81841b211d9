"""What a lesson's page weighs, and how soon a picture has the student's answers.

    python -m benchmarks.lessons [--rounds N]

Weight is what goes over the wire, packed: the page, its styles and scripts, and the visualizers
that the page has with all that they import, headers left out. Latency is from the request of a
visualizer to its answer over HTTP: the 50 calls of the plane's grid, in a worker that is forked for
it, with PyTorch loaded where it is there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urljoin

import httpx

from grader.course.outline import Course
from grader.web.lessons.app import Lessons
from grader.web.lessons.widgets import assets
from grader.web.place import Place
from grader.web.server import Server
from grader.web.site import Site

__all__ = ["AIM_BYTES", "AIM_SECONDS", "latency", "served", "weights"]

ROOT = Path(__file__).resolve().parent.parent
#: What a page may weigh with its visualizers, and a change of a picture may take at the median.
AIM_BYTES, AIM_SECONDS = 60_000, 0.05
_IMPORT = re.compile(r'from "(\./[\w.]+)";')
_FILE = re.compile(r'(?:src|href)="([^"]+\.(?:css|js|svg))"')


class served:  # noqa: N801
    """A course as pages on a real server, with a client that has come in."""

    def __init__(self, course: Course) -> None:
        self._made: list[Lessons] = []

        def build(place: Place) -> Site:
            lessons = Lessons(course, place)
            self._made.append(lessons)
            lessons.start()
            return lessons.site

        self.server = Server(build, Place())
        self._thread = threading.Thread(target=self.server.run)

    def __enter__(self) -> httpx.Client:
        self._thread.start()
        self._client = httpx.Client(
            base_url=self.server.place.origin, follow_redirects=True, trust_env=False, timeout=120
        )
        self._client.get(self.server.site.urls[0]).raise_for_status()
        return self._client

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self.server.stop()
        self._thread.join()
        for lessons in self._made:
            lessons.close()


def weights(client: httpx.Client, course: Course) -> dict[str, int]:
    """Unit -> bytes over the wire for its page and all that the page asks for."""
    return {unit.id: _weight(client, f"/lessons/{unit.id}") for unit in course.units}


def _weight(client: httpx.Client, path: str) -> int:
    page, size = _loaded(client, path)
    shown = sorted(set(re.findall(r'data-visualizer="(\w+)"', page)))
    files = {urljoin(path, link) for link in _FILE.findall(page)}
    if shown:
        files |= {f"/widgets/{assets.PAGE}", *(f"/widgets/{name}.js" for name in shown)}
    seen: set[str] = set()
    while files:
        file = files.pop()
        seen.add(file)
        text, bytes_ = _loaded(client, file)
        size += bytes_
        files |= {urljoin(file, link) for link in _IMPORT.findall(text)} - seen
    return size


def _loaded(client: httpx.Client, path: str) -> tuple[str, int]:
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        answer.raise_for_status()
        text = answer.read().decode()
        return text, answer.num_bytes_downloaded


def latency(client: httpx.Client, unit: str, function: str, rounds: int) -> list[float]:
    """Seconds of each change of the plane's picture, the numbers different each time."""
    page = client.get(f"/lessons/{unit}").text
    found = re.search(r'name="csrf" content="([^"]+)"', page)
    assert found is not None
    origin = str(client.base_url).rstrip("/")
    headers = {"X-CSRF-Token": found[1], "Origin": origin, "Accept": "application/json"}
    points = [[i, j] for i in range(-3, 4) for j in range(-3, 4)]
    times = []
    for n in range(rounds + 1):
        matrix = [[1, n / 10], [0, 1]]
        calls = [{"function": function, "arguments": [matrix, p]} for p in [[1, 2], *points]]
        began = time.perf_counter()
        answer = client.post(f"/lessons/{unit}/try", json={"calls": calls}, headers=headers)
        times.append(time.perf_counter() - began)
        answer.raise_for_status()
        said = answer.json()["answers"]
        assert said[0] == {"value": [1 + 2 * n / 10, 2]}, said[0]
    return times[1:]  # the first one has waited for a judge


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        for name in ("exercises", "solutions", "misconceptions", "data"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copytree(ROOT / "tests" / "hidden", root / "tests" / "hidden")
        shutil.copyfile(ROOT / "course.yaml", root / "course.yaml")
        solved = Path("04_matrix_vector") / "matvec.py"
        shutil.copyfile(root / "solutions" / solved, root / "exercises" / solved)
        course = Course.load(root)
        with served(course) as client:
            print("| page | kB over the wire |\n|---|---:|")
            for unit, size in weights(client, course).items():
                print(f"| {unit} | {size / 1000:.1f} |")
            times = sorted(latency(client, "04_matrix_vector", "matvec_rows", rounds))
    middle, late = statistics.median(times), times[int(0.9 * len(times))]
    print(f"\nA change of the plane, 50 calls: {1000 * middle:.0f} ms at the median, "
          f"{1000 * late:.0f} ms for one in ten.")  # fmt: skip


if __name__ == "__main__":
    main()
