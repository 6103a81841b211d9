"""Messages between caller and judge."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import msgspec
import pytest

from grader import Course
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


NO_TEXT = os.fsdecode(b"/home/caf\xe9")


def test_a_folder_need_not_be_text(course: Course) -> None:
    ours, theirs = (Channel(end.detach(), MESSAGE_LIMIT) for end in socket.socketpair())
    named = msgspec.structs.replace(course, root="")
    talk.send(ours, talk.Take(named, (), root=os.fsencode(NO_TEXT)))
    assert talk.receive(theirs, talk.Take).whole.root == NO_TEXT
    talk.send(ours, talk.Take(course, ()))
    assert talk.receive(theirs, talk.Take).whole == course
    ours.close()
    theirs.close()


@pytest.mark.parametrize("name", [NO_TEXT, "/home/caf\ud800"])
def test_what_is_said_of_a_name_that_is_no_text(name: str) -> None:
    """People read its bytes; all else arrives as it was."""
    ours, theirs = (Channel(end.detach(), MESSAGE_LIMIT) for end in socket.socketpair())
    fault = Fault(Path("a.py"), 3, f"opens {name}", "")
    talk.send(ours, talk.Refused("course", "\xe4", (fault, Fault(Path("b.py"), 0, "b"))))
    heard = talk.receive(theirs, talk.Refused)
    shown = {NO_TEXT: "caf\\xe9"}.get(name, "caf\\ud800")
    assert str(heard.faults[0]) == f"a.py:3: opens /home/{shown}"
    assert (heard.text, str(heard.faults[1])) == ("\xe4", "b.py: b")
    ours.close()
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
