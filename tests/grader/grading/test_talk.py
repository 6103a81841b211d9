"""Messages between caller and judge."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from grader.errors import Fault
from grader.grading import talk
from grader.sandbox.processes.control import MESSAGE_LIMIT
from grader.sandbox.wire.channel import Channel, Closed, DeadlinePassed


def test_faults_travel() -> None:
    fault = Fault(Path("a.py"), 3, "wrong", "right")
    ours, theirs = (Channel(end.detach(), MESSAGE_LIMIT) for end in socket.socketpair())
    talk.send(ours, talk.Refused("course", "x", (fault,)))
    assert talk.receive(theirs, talk.Refused).faults == (fault,)
    ours.close()
    theirs.close()


def test_one_end_says_what_the_other_hears() -> None:
    ours, theirs = (Channel(end.detach(), MESSAGE_LIMIT) for end in socket.socketpair())
    job = talk.Job({"a": "x" * 100}, ("a",), seed=3)
    talk.send(ours, talk.Stop())
    talk.send(ours, job)
    assert talk.receive(theirs, talk.Job | talk.Stop) == talk.Stop()
    assert talk.receive(theirs, talk.Job | talk.Stop) == job
    ours.close()
    with pytest.raises(Closed):
        talk.receive(theirs, talk.Job)
    theirs.close()


def test_a_message_that_is_cut_off_is_nobody() -> None:
    mine, theirs = socket.socketpair()
    theirs.sendall(b"\x10\x00\x00\x00abc")
    theirs.close()
    ours = Channel(mine.detach(), MESSAGE_LIMIT)
    with pytest.raises(Closed):
        talk.receive(ours, talk.Taken)
    ours.close()


def test_nobody_is_waited_for_longer_than_was_said() -> None:
    mine, theirs = socket.socketpair()
    mine.setblocking(False)
    ours = Channel(mine.detach(), MESSAGE_LIMIT)
    with theirs, pytest.raises(DeadlinePassed):
        talk.receive(ours, talk.Taken, time.monotonic() + 0.001)
    ours.close()
