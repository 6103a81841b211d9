"""Events from any thread reach all open streams; a stream ends with the server."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

from grader.web import stream
from grader.web.stream import Event, Feed


def kinds(response: Any) -> Any:
    return response.body_iterator


def test_events_of_other_threads_arrive_in_order_everywhere() -> None:
    async def run() -> None:
        feed = Feed()
        feed.tell(Event("nobody", None))  # nobody listens yet
        streams = [feed.response([Event("first", {"n": 0})]).body_iterator for _ in range(2)]
        thread = threading.Thread(target=lambda: [feed.tell(Event("n", n)) for n in (1, 2)])
        thread.start()
        thread.join()
        for each in streams:
            got = [await anext(each) for _ in range(3)]
            assert [(e.event, json.loads(e.data)) for e in got] == [
                ("first", {"n": 0}), ("n", 1), ("n", 2),
            ]  # fmt: skip
        threading.Thread(target=feed.close).start()
        for each in streams:
            assert [e async for e in each] == []
        assert [e async for e in feed.response([Event("late", 1)]).body_iterator] == []

    asyncio.run(asyncio.wait_for(run(), 10))


def test_a_stream_that_is_too_slow_is_let_go() -> None:
    async def run() -> None:
        feed = Feed()
        slow = feed.response().body_iterator
        for n in range(stream._WAITING + 1):
            feed.tell(Event("n", n))
        await asyncio.sleep(0)
        assert [e async for e in slow] == []

    asyncio.run(asyncio.wait_for(run(), 10))


def test_a_stream_ends_when_it_may_not_go_on() -> None:
    async def run() -> None:
        feed, allowed = Feed(), [True]
        one = feed.response([Event("n", 1)], lambda: allowed[0]).body_iterator
        assert (await anext(one)).event == "n"
        allowed[0] = False
        feed.tell(Event("n", 2))
        assert [e async for e in one] == []

    asyncio.run(asyncio.wait_for(run(), 10))


def test_a_loop_that_is_closed_hears_nothing_and_the_next_one_hears_all() -> None:
    feed = Feed()

    async def leave_open() -> None:
        feed.response()

    async def hear() -> None:
        stream = kinds(feed.response())
        feed.tell(Event("n", 2))
        assert json.loads((await anext(stream)).data) == 2
        feed.close()
        assert [event async for event in stream] == []

    asyncio.run(leave_open())
    feed.tell(Event("n", 1))  # to a loop that is gone
    asyncio.run(asyncio.wait_for(hear(), 10))
