"""`grade dashboard`: who was invited, for how long, and who no more; a demo that leaves nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from grader import Course
from grader.classroom.gradebook.book import Gradebook, me
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build
from grader.web.place import Place
from grader.web.site import Site
from support import needs, processes
from support.batching import HALF, LOOP, Room
from support.clusters import wait_until
from support.commands import Grade, Ran
from support.courses import double
from support.sites import client, csrf

DAY = timedelta(days=1)


@pytest.fixture
def book(class_dir: Path) -> Iterator[Gradebook]:
    with Gradebook(Course.load(class_dir)) as found:
        yield found


@pytest.fixture
def site(book: Gradebook) -> Site:
    return build(book.course, book, Place(port=8000), Runs(book.course, lambda: book))


def came_in(site: Site, ran: Ran) -> Any:
    """Whoever opens what an invitation has printed, behind the address of the dashboard."""
    assert (ran.status, ran.err) == (0, "")
    found = client(site)
    answer = found.get(f"/{ran.out.splitlines()[-1]}")
    assert (answer.status_code, "token" in answer.headers["location"]) == (303, False)
    return found


def test_a_printed_link_signs_in_until_it_is_taken_back(
    in_class: Grade, site: Site, book: Gradebook
) -> None:
    said = in_class("dashboard", "invitations")
    assert said.out == "Nobody was invited: grade dashboard invite NAME --role grader\n"
    invited = in_class("dashboard", "invite", "Ann", "--role", "owner")
    until = datetime.now(UTC) + 120 * DAY
    assert invited.out.startswith(f"Invitation 1: Ann as owner, until {until:%Y-%m-%d} ")
    ann = came_in(site, invited)
    assert ann.get("/log").status_code == 200
    assert "Ann, owner" in ann.get("/").text
    token = invited.out.splitlines()[-1].removeprefix("?token=")
    assert token not in in_class("dashboard", "invitations").out  # it is shown once
    assert in_class("dashboard", "revoke", "1").out == "Taken back: Ann, owner.\n"
    assert ann.get("/log").status_code == 401  # who is in by it is out
    assert client(site).get(f"/?token={token}").status_code == 403
    assert in_class("dashboard", "invitations").out.endswith("UTC  taken back\n")
    assert in_class("dashboard", "revoke", "1").status == 0  # twice is once
    lines, _ = book.office.log()
    assert [(line.action, line.who) for line in lines] == [
        ("revoke", me()), ("sign-in", "Ann"), ("invite", me()),
    ]  # fmt: skip


def test_a_grader_sees_their_sections_and_a_viewer_no_student(
    in_class: Grade, site: Site, book: Gradebook
) -> None:
    invited = in_class("dashboard", "invite", "Gil", "--section", "Tuesday", "--expires", "2d")
    assert "Gil as grader" in invited.out
    assert "Gil, grader (tuesday), until" in in_class("dashboard", "invitations").out
    gil = came_in(site, invited)
    names = gil.get("/students?names=1").text
    assert ("Jane Doe" in names, "Richard Roe" in names) == (True, False)
    assert gil.get("/log").status_code == 403
    viewer = came_in(site, in_class("dashboard", "invite", "Vi", "--role", "viewer"))
    assert viewer.get("/map").status_code == 200
    assert viewer.get("/students").status_code == 403


def test_an_invitation_ends_and_that_is_told(in_class: Grade, site: Site, book: Gradebook) -> None:
    then = datetime.now(UTC) - 2 * DAY
    office = book.office
    office._now = lambda: then
    token, _ = office.invite("viewer", "Vi", then + DAY, who="me")
    told = f"   1  Vi, viewer, until {then + DAY:%Y-%m-%d %H:%M} UTC"
    guest = client(site)
    assert guest.get(f"/?token={token}").status_code == 303  # at that time
    office._now = lambda: datetime.now(UTC)
    assert guest.get("/map").status_code == 401
    assert client(site).get(f"/?token={token}").status_code == 403
    assert in_class("dashboard", "invitations").out == f"{told}  expired\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("Ann", "--role", "boss"), "--role boss: expected owner or grader or viewer"),
        (("Ann", "--section", "Z"), "There is no section Z; there are: friday, tuesday."),
        (
            ("Ann", "--role", "owner", "--section", "friday"),
            "An owner cannot be limited to sections",
        ),
        ((" ",), "Who is invited?"),
        (("Ann", "--expires", "soon"), "--expires soon: expected e.g. 30d, or 2027-07-31T23:59"),
        (("Ann", "--expires", "2020-01-01T00:00Z"), "It would have expired already"),
    ],
)
def test_what_cannot_be_invited_is_told_in_a_sentence(
    in_class: Grade, book: Gradebook, args: tuple[str, ...], said: str
) -> None:
    ran = in_class("dashboard", "invite", *args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not re.search("Traceback|Error", ran.err)
    assert (book.office.invitations(), book.office.log()[1]) == ([], 0)


def test_an_invitation_that_is_not_there_cannot_be_taken_back(in_class: Grade) -> None:
    ran = in_class("dashboard", "revoke", "7")
    assert (ran.status, ran.err) == (
        2, "There is no invitation 7; grade dashboard invitations\n",
    )  # fmt: skip
    assert in_class("dashboard", "revoke", "x").status == 2


# --- a made-up class, and how it ends -----------------------------------------------------------


class Demo:
    """`grade dashboard --demo` as a program of its own, on a course of two exercises."""

    def __init__(self, root: Path) -> None:
        course = double.write(root / "course")
        self._temporary = root / "tmp"
        self._temporary.mkdir()
        self.program = subprocess.Popen(
            [sys.executable, "-c", "from grader.cli import main; main()", "dashboard",
             "--demo", "--no-open", "--course", str(course)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TMPDIR": str(self._temporary)},
        )  # fmt: skip
        self.family: set[int] = set()

    def says(self, stream: IO[str] | None, part: str) -> str:
        """Read until a line with something in it."""
        assert stream is not None
        return next(line for line in stream if part in line)

    def end(self, number: signal.Signals) -> int:
        """Send a signal; with what it ended. Nothing of it is left."""
        self.family = {self.program.pid, *processes.below(self.program.pid)}
        self.program.send_signal(number)
        _, said = self.program.communicate(timeout=120)
        assert "Traceback" not in said
        processes.wait_until_gone(*self.family)
        assert list(self._temporary.glob("wxb-demo-*")) == []
        return self.program.returncode

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.communicate()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    found = Demo(tmp_path)
    yield found
    found.close()


@needs.linux
@pytest.mark.long
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_demo_that_is_ended_while_it_is_made_leaves_nothing(
    demo: Demo, number: signal.Signals, status: int
) -> None:
    said = demo.says(demo.program.stderr, "until this command ends")
    assert "wxb-demo-" in said  # where it lies
    demo.says(demo.program.stderr, "Judging")
    assert demo.end(number) == status


@needs.linux
@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_demo_that_is_ended_while_a_page_listens_leaves_nothing(
    demo: Demo, number: signal.Signals
) -> None:
    url = demo.says(demo.program.stdout, "?token=").strip()
    origin = url.partition("/?")[0]
    with httpx.Client(base_url=origin, timeout=60, trust_env=False) as visitor:
        assert visitor.get(url).status_code == 303
        with visitor.stream("GET", "/events") as stream:
            lines = stream.iter_lines()
            assert next(lines) == "event: hello"
            assert demo.end(number) == 0
            assert set(lines) <= {"event: runs", "data: {}", ""}


@needs.linux
@pytest.mark.long
def test_a_run_that_goes_on_is_waited_for_until_asked_again(tmp_path: Path) -> None:
    """What was judged is kept, and no process is left."""
    work = {f"s{i}": {"double.py": f"{LOOP}# {i}\n", "half.py": HALF} for i in range(60)}
    room = Room(tmp_path, work)
    with room.book() as book:
        book.note_place("collected", room.folder)
    program = subprocess.Popen(
        [sys.executable, "-c", "from grader.cli import main; main()", "dashboard", "--no-open",
         "--course", room.course.root, "--gradebook", room.url],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert program.stdout is not None
        assert program.stderr is not None
        url = next(line for line in program.stdout if "?token=" in line).strip()
        base = url.partition("/?")[0]
        with httpx.Client(base_url=base, timeout=60, trust_env=False) as visitor:
            visitor.get(url)
            told = {"csrf": csrf(visitor.get("/map").text), "kind": "batch", "sure": "yes"}
            assert visitor.post("/start", data=told, headers={"Origin": base}).status_code == 303
            wait_until(lambda: "1 judged now" in visitor.get("/runs/1").text)
        family = {program.pid, *processes.below(program.pid)}
        program.send_signal(signal.SIGINT)
        assert next(line for line in program.stderr if "Ctrl-C again: at once" in line)
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=120)
        assert program.returncode == 130
        processes.wait_until_gone(*family)
    finally:
        if program.poll() is None:
            program.kill()
        program.communicate()
    with room.book() as book:
        [run] = book.runs.all()
        assert run.tally.done < 60
        assert 0 < len(room.kept()) < 120
