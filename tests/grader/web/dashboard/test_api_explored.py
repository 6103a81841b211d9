"""The API against its own description, asked by a machine: Schemathesis over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from grader.web.dashboard.site import build
from grader.web.server import Server
from support.batching import Room
from support.dashboards import Pages
from support.sites import running

schemathesis = pytest.importorskip("schemathesis", reason="Schemathesis is not installed")
pytestmark = pytest.mark.long

#: Requests for each path: they are few, and what is in a query is short.
_EXAMPLES = 40


@pytest.fixture
def served(room: Room, pages: Pages) -> Iterator[Server]:
    _, book, runs = pages
    with running(lambda place: build(room.course, book, place, runs)) as found:
        yield found


def test_every_answer_is_one_that_is_described(served: Server) -> None:
    from hypothesis import HealthCheck, Phase, given, settings

    with httpx.Client() as client:
        client.get(served.site.urls[0])
        cookie = "; ".join(f"{each.name}={each.value}" for each in client.cookies.jar)
    headers = {"Cookie": cookie, "Accept": "application/json"}
    schema = schemathesis.openapi.from_url(
        f"{served.place.origin}/api/openapi.json", headers=headers
    )
    asked: set[str] = set()
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=_EXAMPLES, deadline=None, database=None, derandomize=True,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def ask(case: schemathesis.Case) -> None:
            answer = case.call_and_validate(headers=headers)
            asked.add(f"{case.path} {answer.status_code}")

        ask()
    assert {"/api/overview 200", "/api/items 200", "/api/items/{exercise} 404"} <= asked
    assert not any(each.endswith(" 500") for each in asked)
