"""Any bytes at any entrance give a verdict or a named error, never another exception.

`make fuzz` runs the tests with `fuzz` in their name for much longer.
"""

from __future__ import annotations

import os
import socket
import struct
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.outline import Course
from grader.errors import CourseError, SubmissionError, UsageError
from grader.handin.matching import match
from grader.handin.submission import Submission
from grader.judge.comparing.compare import difference
from grader.judge.comparing.libraries import compared, library_difference
from grader.judge.comparing.wording import describe, short
from grader.judge.diagnosis.agreement import agrees
from grader.judge.diagnosis.contents import Told
from grader.judge.diagnosis.hollow import is_hollow
from grader.judge.ends import end_of
from grader.judge.raised import raised_lines
from grader.sandbox.exchange import Bounds, Exchange, student_exception
from grader.sandbox.processes.control import Exit
from grader.sandbox.session import Session
from grader.sandbox.stopped import Stopped
from grader.sandbox.wire.channel import Channel, Closed, DeadlinePassed
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.nodes import Malformed, Node
from grader.sandbox.wire.protocol import Answer, Op, Raised, Reply, Started
from grader.sandbox.wire.values import identical
from grader.sandbox.worker.analysis import facts

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
    judged(value)
    return value


EXPECTED = [1.0, 2, True, None, "x", [1.0], (1.0, [2.0]), {"a": 1.0}, np.zeros(3), np.eye(2), 1j]


def judged(value: object) -> None:
    """Whatever the judge does with an answer; it may differ in any way, and raise nothing."""
    for expected in EXPECTED:
        found = difference(value, expected)
        assert found is None or len(str(found)) < 2_000
        identical(value, expected)
        told = compared("==", value, expected, [value])
        assert told is None or len(str(told)) < 2_000
        try:
            np.testing.assert_equal(value, expected)
        except Exception as error:  # numpy itself stumbles over some
            told = library_difference(error, [value])
            assert told is None or len(str(told)) < 2_000
        same = agrees(Told(value), Told(expected), Told(expected))
        assert isinstance(same, bool)
    is_hollow(value)
    assert len(short(value)) <= 60
    assert describe(value)


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


class Scripted:
    """A launcher of one worker, which greets as it should and then sends what it is given."""

    def __init__(self, answers: Callable[[int], bytes]) -> None:
        self._answers = answers
        self._threads: list[threading.Thread] = []

    def spawn(self, memory: int, cpu: int) -> tuple[int, Channel]:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._threads.append(threading.Thread(target=self._serve, args=(theirs,)))
        self._threads[-1].start()
        return 1, Channel(ours.detach())

    def _serve(self, theirs: socket.socket) -> None:
        channel = Channel(theirs.fileno())
        with theirs, suppress(Closed, OSError):
            while True:
                request = msgspec.msgpack.decode(channel.receive()[0])
                if request["what"]["type"] == "do":
                    theirs.sendall(self._answers(request["number"]))
                    return
                what = Started({}) if request["what"]["type"] == "start" else Answer()
                channel.send(msgspec.msgpack.encode(Reply(request["number"], what)))

    def end(self, number: int) -> Exit:
        return Exit(0, 0, 0.0, 0)

    def drop(self, number: int, channel: Channel) -> None:
        channel.close()

    def close(self) -> None:
        for thread in self._threads:
            thread.join()


def asked(answers: Callable[[int], bytes]) -> Exchange | Stopped:
    """What one question to such a worker comes to: an exchange, or a test that is over."""
    launcher = Scripted(answers)
    bounds = Bounds(call=5.0, memory=1 << 20, output=100, cpu=5)
    session = Session(launcher, bounds, {"work": ""}, {}, lambda node: node)  # type: ignore[arg-type]
    session.begin("work", 1, 60.0)
    try:
        return session.do(Op("call", "f", 0, (np.zeros(2),)))
    except Stopped as stop:
        return stop
    finally:
        session.close()
        launcher.close()


@given(st.binary(max_size=200))
def test_fuzz_any_bytes_as_a_workers_words(data: bytes) -> None:
    found = asked(lambda number: data)
    assert isinstance(found, Stopped)
    assert end_of(found.reason, {})[0] == "crashed"


#: An answer with anything in the places where a worker's words go.
answers = st.fixed_dictionaries(
    {"type": st.just("answer")},
    optional={
        "value": nodes,
        "args": st.lists(nodes, max_size=2),
        "kwargs": st.dictionaries(st.text(max_size=3), nodes, max_size=2),
        "printed": st.text(max_size=200),
        "warnings": st.lists(st.text(max_size=20), max_size=3),
        "stop": st.sampled_from(["output", "memory", "forbidden", "passed"]),
        "forbidden": st.none()
        | st.fixed_dictionaries(
            {"name": st.text(max_size=20), "file": st.text(max_size=20), "line": st.integers()}
        ),
        "cpu": st.floats(),
        "raised": st.fixed_dictionaries(
            {
                "builtin": st.text(max_size=8),
                "kind": st.text(max_size=8),
                "text": st.text(max_size=8),
            },
            optional={"frames": st.lists(st.tuples(st.text(max_size=5), st.integers(), st.text()))},
        ),
    },
)


@given(
    answers, st.lists(st.integers(-5, 40), max_size=2), st.binary(max_size=48), st.integers(-1, 1)
)
def test_fuzz_any_answer_to_a_question(
    answer: dict[str, object], sizes: list[int], body: bytes, off: int
) -> None:
    """It is the answer, or the end of the test; the judge meets no other exception."""

    try:
        msgspec.msgpack.encode(answer)
    except (OverflowError, ValueError):
        return  # these words cannot even be written

    def words(number: int) -> bytes:
        header = msgspec.msgpack.encode({"number": number + off, "what": answer, "sizes": sizes})
        return struct.pack("<IQ", len(header), len(body)) + header + body

    found = asked(words)
    if isinstance(found, Stopped):
        outcome, message = end_of(found.reason, {"work": ""})
        assert outcome in ("crashed", "output", "memory", "forbidden")
        assert len(message) <= 2_500
    else:
        judged(found.value)
        assert len(found.printed) <= 100


short_text = st.text(max_size=40)
raised = st.builds(
    Raised,
    builtin=short_text | st.sampled_from(["ValueError", "KeyError", "LinAlgError"]),
    kind=short_text | st.just("MissingFunction"),
    text=st.text(max_size=300),
    frames=st.lists(st.tuples(short_text | st.just("work.py"), st.integers(0, 9), short_text)).map(
        tuple
    ),
    own=st.booleans(),
    column=st.integers(0, 1 << 31),
    defined=st.lists(short_text, max_size=4).map(tuple),
)


@given(raised)
def test_fuzz_any_exception_that_is_told(told: Raised) -> None:
    error = student_exception(told)
    assert isinstance(error, Exception)
    assert str(error) is not None
    lines = raised_lines(told, {"work": "a\nb"}, "f(1)")
    assert all(isinstance(line, str) for line in lines)


@given(st.text(max_size=300))
def test_fuzz_any_text_as_a_module(text: str) -> None:
    found = facts({"work": text}, {"work": ("numpy.linalg.norm", "operator.matmul")})
    assert set(found) == {"work"}
    assert all(hit.line > 0 for hit in found["work"].forbidden.values())


#: Names of files as a zip may bring them: deep, odd, not even text.
names = st.lists(
    st.sampled_from(["a.py", "b.py", "c.txt", ".py", "d\n.py", "\x1b[2J.py", "é.py", "__pycache__"])
    | st.binary(min_size=1, max_size=12).map(os.fsdecode),
    min_size=1,
    max_size=3,
).map("/".join)
contents = st.binary(max_size=200) | st.sampled_from(
    [
        b"# coding: utf-16\n",
        b"\xef\xbb\xbfx = 1\r\n",
        b"# -*- coding: punycode -*-",
        b"\0",
        b"x" * 300_000,
    ]
)


@given(
    wanted=st.dictionaries(names, contents, max_size=4),
    extra=st.sampled_from(["file", "link", "fifo", "loop"]),
)
def test_fuzz_any_folder_as_a_submission(wanted: dict[str, bytes], extra: str) -> None:
    """What can be read is read, what cannot is named; links and pipes are left alone."""
    with tempfile.TemporaryDirectory(prefix="wxb-fuzz-") as place:
        folder, secret = Path(place) / "handed-in", Path(place) / "secret.py"
        folder.mkdir()
        secret.write_text("SECRET = 1")
        for name, data in wanted.items():
            write(folder.resolve(), name, data)
        with suppress(OSError):
            if extra == "link":
                (folder / "not-among-the-names.py").symlink_to(secret)
            elif extra == "fifo":
                os.mkfifo(folder / "not-among-the-names.py")
            elif extra == "loop":
                (folder / "not-among-the-names").symlink_to(folder)
        submission = Submission.from_path(folder)
    for name, text in submission.sources.items():
        assert name.isprintable()
        assert text == text.encode().decode()
        assert "SECRET" not in text
    assert all(note.isprintable() for note in submission.notes)
    assert extra not in ("link", "loop") or any("link" in note for note in submission.notes)
    assert msgspec.json.encode(submission)
    match(Course("nowhere", "T", ()), submission)


def write(folder: Path, name: str, data: bytes) -> None:
    """Write a file inside a folder, if the system takes its name."""
    with suppress(OSError, ValueError):
        path = (folder / name.strip("/")).resolve()
        if path.is_relative_to(folder) and path != folder:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def test_a_folder_of_very_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ends, and so do the notes."""
    monkeypatch.setattr("grader.handin.folder._COUNT_LIMIT", 20)
    monkeypatch.setattr("grader.handin.folder._NOTE_LIMIT", 10)
    for n in range(60):
        (tmp_path / f"m{n}.py").write_bytes(b"\xff\xff")
    submission = Submission.from_path(tmp_path)
    assert submission.sources == {}
    assert len(submission.notes) == 11
    assert submission.notes[-1] == "11 more of these."
    monkeypatch.setattr("grader.handin.folder._ENTRY_LIMIT", 30)
    assert Submission.from_path(tmp_path).notes == ("Only 30 files and folders were looked at.",)


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
    is_told = any(f"{name} was not read: " in note for note in submission.notes)
    read = (len(submission.sources), is_told)
    assert read == (0, False) if name == "c.txt" else read in ((1, False), (0, True))
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
    path = Path(os.fspath(tmp_path_factory.getbasetemp())) / "any" / "course.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    with pytest.raises((CourseError, UsageError)) as met:
        Course.load(path)
    assert "course.yaml" in str(met.value)


COURSE_FILE = """format: 1
title: T
limits: {call: 2s, exercise: 10s, memory: 1GiB, output: 64KiB}
feedback: {hidden: title}
late: {grace: 15min, lose: 10%, every: 1d, at_most: 50%}
units:
  - id: 01_a
    title: A
    due: 2027-02-01T23:59:00+01:00
    exercises:
      - id: f
        title: F
        forbidden: [numpy.linalg.norm]
        points: 3
        tests: {test_a: 1, test_b: 2}
"""
WORDS = [
    *("", "-", ":", "{", "]", "  ", "\t", "1:30", "on", "null", "&a", "*a", "!!python/object:os"),
    *("<<:", "9" * 400, "1e999", ".nan", "-1", "é", "\x00", "test_a", "format: 1", "|", "%", "'"),
]


@given(data=st.data())
def test_fuzz_a_course_file_with_a_few_changes(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Lines gone, doubled, moved, or with a strange word in them: a course, or its faults."""
    lines = COURSE_FILE.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["drop", "double", "swap", "word", "indent"]))
        if how == "drop" and len(lines) > 1:
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        elif how == "swap":
            lines[at], lines[0] = lines[0], lines[at]
        elif how == "word":
            cut = data.draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:cut] + data.draw(st.sampled_from(WORDS)) + lines[at][cut:]
        else:
            lines[at] = data.draw(st.sampled_from([" ", "  ", "\t"])) + lines[at]
    path = Path(os.fspath(tmp_path_factory.getbasetemp())) / "changed" / "course.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines), "utf-8")
    try:
        course = Course.load(path)
    except CourseError as error:
        assert error.faults
        assert all(0 <= fault.line <= len(lines) + 1 for fault in error.faults)
        assert all("\n" not in str(fault) for fault in error.faults)
    else:
        assert course.title
