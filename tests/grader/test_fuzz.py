"""Any bytes at any entrance give a verdict or a named error, never another exception.

`make fuzz` runs the tests with `fuzz` in their name for much longer.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.outline import Course
from grader.errors import CourseError, SubmissionError, UsageError
from grader.grading.compare import difference
from grader.grading.matching import match
from grader.grading.wording import describe, short
from grader.sandbox.analysis import facts
from grader.sandbox.channel import Channel, Closed, DeadlinePassed
from grader.sandbox.codec import Decoder
from grader.sandbox.protocol import Answer, Reply
from grader.sandbox.wire import Malformed, Node
from grader.submission import Submission

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)

tags = st.sampled_from(["i", "c", "b", "l", "t", "d", "s", "a", "T", "y", "z", "h"])
numbers = st.integers(-(2**70), 2**70) | st.integers(-3, 40)
#: Shaped like nodes, with anything in their places.
nodes = st.recursive(
    st.none() | st.integers(-(2**63), 2**63) | st.text(max_size=8),
    lambda inner: st.builds(
        lambda tag, rest: [tag, *rest],
        tags,
        st.lists(
            inner
            | st.lists(st.integers(-(2**40), 2**40), max_size=4)
            | st.lists(inner, max_size=4)
            | st.sampled_from(["<f8", "|b1", ">c16", "f8,f8", "float32", "bool", "numpy", "-ff"])
            | st.booleans()
            | st.binary(max_size=16),
            max_size=7,
        ),
    ),
    max_leaves=20,
)


def read(header: bytes, body: bytes, sizes: list[int]) -> object:
    """What the judge makes of an answer: a value, or one of the errors it knows."""
    try:
        reply = msgspec.msgpack.decode(header, type=Reply)
        if not isinstance(reply.what, Answer):
            return None
        decoder = Decoder(sizes, bytearray(body), lambda node: node)
        value = decoder.value(reply.what.value)
    except (Malformed, msgspec.MsgspecError, ValueError, RecursionError) as error:
        return error
    difference(value, 1.0)
    assert len(short(value)) <= 60
    assert describe(value)
    return value


@given(st.binary(max_size=400), st.binary(max_size=64))
def test_fuzz_any_bytes_as_a_header(header: bytes, body: bytes) -> None:
    assert not isinstance(read(header, body, [len(body)]), Answer)


@given(nodes, st.binary(max_size=64), st.lists(st.integers(-5, 80), max_size=3))
def test_fuzz_answers_shaped_like_answers(node: object, body: bytes, sizes: list[int]) -> None:
    header = {"number": 1, "what": {"type": "answer", "value": node}, "sizes": sizes}
    try:
        data = msgspec.msgpack.encode(header)
    except (OverflowError, ValueError):
        return
    assert not isinstance(read(data, body, sizes), Answer)


@given(plain)
def test_fuzz_any_msgpack_as_a_node(value: object) -> None:
    try:
        node = msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=Node)
    except (msgspec.MsgspecError, OverflowError):
        return
    try:
        Decoder([], bytearray(), lambda handle: handle).value(node)
    except Malformed as error:
        assert str(error)


@given(st.binary(max_size=200), st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1))
def test_fuzz_any_bytes_on_the_channel(data: bytes, header: int, body: int) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        theirs.sendall(struct.pack("<IQ", header % 300, body % 300) + data)
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises((Closed, Malformed, DeadlinePassed)) as met:
            channel = Channel(ours.fileno())
            while True:
                channel.receive(time.monotonic() + 5)
        assert met.type is not DeadlinePassed


@given(st.text(max_size=300))
def test_fuzz_any_text_as_a_module(text: str) -> None:
    found = facts(text, ("numpy.linalg.norm", "operator.matmul"))
    assert all(line > 0 for line in found.stubs)


@given(data=st.binary(max_size=400), name=st.sampled_from(["a.py", "b.py", "c.txt"]))
def test_fuzz_any_bytes_in_a_submission(
    data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(os.fspath(tmp_path_factory.getbasetemp())) / "fuzzed"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / name).write_bytes(data)
    submission = Submission.from_path(folder)
    assert len(submission.sources) + len(submission.notes) == (name != "c.txt")
    matched = match(Course("nowhere", "T", ()), submission)
    assert matched.exercises == ()
    try:
        Submission.from_path(folder / name)
    except SubmissionError as error:
        assert name in str(error)


@given(data=st.binary(max_size=300) | plain.map(lambda value: repr(value).encode()))
def test_fuzz_any_bytes_as_a_course_file(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = Path(os.fspath(tmp_path_factory.getbasetemp())) / "course.yaml"
    path.write_bytes(data)
    with pytest.raises((CourseError, UsageError)) as met:
        Course.load(path)
    assert "course.yaml" in str(met.value)
