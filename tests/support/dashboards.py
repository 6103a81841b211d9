"""A class that was really judged, and its pages: for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.insight.refresh import refresh
from grader.classroom.people import Person
from grader.web.dashboard.running import Runs
from grader.web.dashboard.site import build
from grader.web.place import Place
from grader.web.site import Site
from support.batching import CRASH, DOUBLE, HALF, LOOP, WRONG, Room, Work
from support.sites import client

#: A site, its gradebook, and what was begun from it.
Pages = tuple[Site, Gradebook, Runs]
#: What may stand wherever a person writes something; none of it may become a part of a page.
EVIL = "<img src=x onerror=alert(1)>"
SCRIPT = f'"""{EVIL}"""\n# {EVIL}\ndef double(x):\n    raise ValueError("{EVIL}</pre>")\n'
CLASS: Work = {
    "ann": {"double.py": DOUBLE, "half.py": HALF},
    "ben": {"double.py": WRONG, "half.py": CRASH},
    "cid": {"double.py": LOOP, "half.py": HALF},
    "dot": {"double.py": SCRIPT},
}
PEOPLE = [
    Person("ann", f"Ann {EVIL}", "ann@example.org", "mon"),
    Person("ben", "Ben Beta", "ben@example.org", "mon"),
    Person("cid", "Cid Gamma", "cid@example.org", "tue"),
    Person("dot", "Dot Delta", "dot@example.org", f"tue{EVIL}"),
    Person("eve", "Eve Epsilon", "eve@example.org", "tue"),
]


def judged(folder: Path) -> Room:
    """A class, collected and judged, its figures worked out."""
    room = Room(folder, CLASS)
    room.batch()
    with room.book() as book:
        book.import_roster(PEOPLE)
        refresh(book)
    return room


@contextmanager
def pages(room: Room, place: Place | None = None) -> Iterator[tuple[Site, Gradebook, Runs]]:
    """The pages of a class."""
    with room.book() as book:
        runs = Runs(room.course, room.book)
        try:
            yield build(room.course, book, place or Place(port=8000), runs), book, runs
        finally:
            runs.close()
            runs.wait()


def entered(site: Site, token: str) -> Any:
    """A client that came in with a token."""
    found = client(site)
    answer = found.get(f"/?token={token}")
    assert answer.status_code == 303, answer.text
    return found


def links(url: str, text: str) -> list[str]:
    """Where a page leads, on this site."""
    found = []
    for each in re.findall(r'href="([^"]+)"', text):
        target = unescape(each).partition("#")[0]
        if target.startswith("?"):
            target = url.partition("?")[0] + target
        if target.startswith("/"):
            found.append(target)
    return found
