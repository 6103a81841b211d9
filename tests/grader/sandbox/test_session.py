"""The judge's side of a submission, against workers that follow a script."""

from __future__ import annotations

import signal
import socket
import struct
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pytest

from grader.errors import IsolationError, ProcessGone
from grader.judge.ends import end_of
from grader.sandbox import attendant
from grader.sandbox import exchange as exchange_module
from grader.sandbox import session as session_module
from grader.sandbox.exchange import Bounds, StudentError, student_exception
from grader.sandbox.processes.control import FORK_FAILED, LOCK_FAILED, Exit
from grader.sandbox.session import Session
from grader.sandbox.stopped import NotReached, SlowCall, Stopped
from grader.sandbox.wire.channel import Channel
from grader.sandbox.wire.nodes import Array, HandleNode, List, Scalar
from grader.sandbox.wire.protocol import (
    BUILTIN_ERRORS,
    Answer,
    Do,
    Facts,
    ForbiddenName,
    Op,
    Raised,
    Reply,
    Request,
    Start,
    Started,
)
from support.launchers import Farewell
from support.sessions import SessionOf, ask

CALL = Op("call", "f")
KILLED = Exit(-1, signal.SIGKILL, 0.0, 0)
FAST = Bounds(call=0.05, memory=1 << 20, output=4096, cpu=5)


def script(*answers: Any, facts: dict[str, Facts] | None = None) -> Callable[[Request, bytes], Any]:
    """A worker that is honest until it is called, and then does as it is told."""
    left = list(answers)

    def follow(request: Request, body: bytes) -> Any:
        if isinstance(request.what, Start):
            return Started(facts or {"work": Facts()})
        if not isinstance(request.what, Do):
            return Answer()
        answer = left.pop(0)
        return answer(request) if callable(answer) else answer

    return follow


def frame(number: int, what: Any, sizes: tuple[int, ...] = (), body: bytes = b"") -> bytes:
    header = msgspec.msgpack.encode({"number": number, "what": what, "sizes": sizes})
    return struct.pack("<IQ", len(header), len(body)) + header + body


class Said(NamedTuple):
    """The end of a test, as the judge says it."""

    outcome: str
    message: str


def stopped(session: Session, op: Op = CALL) -> Said:
    with pytest.raises(Stopped) as met:
        session.do(op)
    assert session.stopped is met.value, "it is recorded, whatever the test does with it"
    with pytest.raises(Stopped) as again:
        session.do(op)
    assert again.value is met.value, "a stopped test stays stopped"
    return Said(*end_of(met.value.reason, session.sources))


# --- answers --------------------------------------------------------------------------------------


def test_an_answer_is_kept_as_it_was_asked_and_answered(session_of: SessionOf) -> None:
    answer = Answer(3, args=(List((1,)), None), kwargs={"k": 2}, printed="p", warnings=("w",))
    session, _, launcher = session_of(script=script(answer))
    exchange = session.do(Op("call", "f", 0, ([1], np.zeros(2)), {"k": 2}))
    assert (exchange.value, exchange.after) == (3, (([1], None), {"k": 2}))
    assert (exchange.printed, exchange.warnings, exchange.kept) == ("p", ("w",), 0)
    again = exchange.again(lambda node: node)
    assert again.args[0] == [1]
    assert again.args[1].tolist() == [0.0, 0.0]
    assert again.args[1] is not exchange.again(lambda node: node).args[1]
    assert exchange.weight > 16
    assert launcher.spawned == 1


def test_one_worker_serves_test_after_test(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script(Answer(1), Answer(2), Answer(3)))
    assert session.do(CALL).value == 1
    session.begin("work", 8, 1.0)
    assert session.do(CALL).value == 2
    assert session.do(CALL).value == 3
    assert 0 < session.left <= 1.0
    session.close()
    session.close()
    assert (launcher.spawned, launcher.dropped, launcher.ended) == (1, [1], [])


def test_handles_are_what_the_proxy_makes_of_them(session_of: SessionOf) -> None:
    kept = Answer(HandleNode(9, "Layer"), args=(HandleNode(1, "x"),))
    session, student, _ = session_of(script=script(kept))
    exchange = session.do(Op("call", "f", 0, (student._asker.handle(HandleNode(1, "x")),)))
    assert exchange.kept == 9
    assert repr(exchange.value) == "<Layer in the student's process>"
    assert exchange.args == (None,)


@pytest.mark.parametrize("verb", ["getattr", "vjp", "len"])
def test_only_calls_bring_their_arguments_back(session_of: SessionOf, verb: Any) -> None:
    session, _, _ = session_of(script=script(Answer(1)))
    assert session.do(Op(verb, "f", 1, (1,))).args == ()


def test_arguments_that_did_not_change_stay_where_they_are(session_of: SessionOf) -> None:
    session, student, _ = session_of(script=script(Answer(1, same=True)))
    x = np.zeros(2)
    exchange = session.do(
        Op("call", "f", 0, (x, student._asker.handle(HandleNode(1, "x"))), {"k": 2})
    )
    assert exchange.after is None
    x[0] = 9.0
    before, handle = exchange.args
    assert before.tolist() == [0.0, 0.0], "as they were when they were sent"
    assert handle is None


# --- what can go wrong ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        b"\xff" * 64,
        struct.pack("<IQ", 1 << 31, 0),
        struct.pack("<IQ", 4, 0) + b"\xc1\xc1\xc1\xc1",
        lambda request: frame(request.number + 1, {"type": "answer"}),
        lambda request: frame(request.number - 1, {"type": "answer"}),
        lambda request: frame(request.number, {"type": "started", "facts": {}}),
        lambda request: frame(request.number, {"type": "passed"}),
        lambda request: frame(request.number, {"type": "answer", "value": ["zz", 1]}),
        lambda request: frame(request.number, {"type": "answer", "stop": "passed"}),
        lambda request: frame(request.number, {"type": "answer", "warnings": ["x" * 301]}),
        lambda request: frame(request.number, {"type": "answer", "warnings": ["x"] * 21}),
        lambda request: frame(request.number, {"type": "answer", "args": [1]}),
        lambda request: frame(request.number, {"type": "answer", "kwargs": {"k": 1}}),
        lambda request: frame(request.number, {"type": "answer"}, (99,)),
        lambda request: frame(request.number, {"type": "answer"}, (), b"x" * 16),
        lambda request: struct.pack("<IQ", 500_000, 0) + b"\x91" * 500_000,
        Answer(Array("<f8", (9,), (8,), 0, True, True, 0)),
        (Answer(Array("<f8", (9,), (8,), 0, True, False, 0)), (16,), (bytes(16),)),
        Answer(Scalar("O", b"")),
        Answer(List((HandleNode(-(2**63), "x"), Scalar("<f8", b"")))),
    ],
    ids=range(20),
)
def test_an_answer_that_cannot_be_read(session_of: SessionOf, answer: Any) -> None:
    session, _, launcher = session_of(script=script(answer, Answer(5)))
    stop = stopped(session)
    assert stop.outcome == "crashed"
    assert stop.message.startswith("The answer could not be read: ")
    assert len(stop.message) <= 300
    assert launcher.ended == [1]
    session.begin("work", 7, 60.0)
    assert session.do(CALL).value == 5, "the next test has a fresh worker"


@pytest.mark.parametrize(
    "node",
    [
        HandleNode(0, "list"),
        HandleNode(-1, "list"),
        List((HandleNode(1, "list"), HandleNode(1, "list"))),
    ],
)
def test_a_handle_whose_number_is_not_new(session_of: SessionOf, node: Any) -> None:
    session, _, _ = session_of(script=script(Answer(node, same=True)))
    with pytest.raises(Stopped) as stop:
        session.do(CALL)
    assert "not new" in end_of(stop.value.reason, {})[1]


def test_a_handles_number_is_not_given_again(session_of: SessionOf) -> None:
    answers = [Answer(HandleNode(1, "list"), same=True) for _ in range(2)]
    session, _, _ = session_of(script=script(*answers))
    session.do(CALL)
    with pytest.raises(Stopped):
        session.do(CALL)


@pytest.mark.parametrize(
    ("op", "node"),
    [
        (Op("call", "f", keep=True), List(())),
        (Op("keep", args=(1,), keep=True), 1),
        (Op("len", target=1), -1),
        (Op("len", target=1), HandleNode(2, "int")),
        (Op("shares"), HandleNode(2, "bool")),
        (Op("setattr", "x", 1, (1,)), HandleNode(2, "int")),
    ],
)
def test_an_answer_of_another_kind_than_was_asked_for(
    session_of: SessionOf, op: Op, node: Any
) -> None:
    session, _, _ = session_of(script=script(Answer(node, same=True)))
    with pytest.raises(Stopped) as stop:
        session.do(op)
    assert f"no answer to {op.verb}" in end_of(stop.value.reason, {})[1]


def test_speaking_unasked(session_of: SessionOf) -> None:
    """A second answer on top of the first is found out at the next question."""

    def twice(request: Request) -> bytes:
        one = frame(request.number, {"type": "answer", "value": 1})
        return one + frame(request.number + 1, {"type": "answer", "value": 2})

    session, _, _ = session_of(script=script(twice))
    assert session.do(CALL).value == 1
    stop = stopped(session)
    assert (stop.outcome, "without being asked" in stop.message) == ("crashed", True)


def test_a_part_of_an_answer_unasked(session_of: SessionOf) -> None:
    """Nobody waits for the rest: it was not slow."""

    def twice(request: Request) -> bytes:
        return frame(request.number, {"type": "answer", "value": 1}) + b"\0"

    session, _, _ = session_of(script=script(twice))
    session.do(CALL)
    assert "without being asked" in stopped(session).message
    assert not session.disturbed


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_died_between_two_questions(session_of: SessionOf, number: int) -> None:
    """Its end can be read, too, and is no answer."""

    def last(request: Request) -> bytes:
        return Farewell(frame(request.number, {"type": "answer", "value": 1}))

    session, _, launcher = session_of(script=script(last))
    session.do(CALL)
    launcher.wait()
    launcher.exit = Exit(-1, number, 0.1, 0)
    stop = stopped(session)
    assert stop.outcome == "crashed"
    assert f"signal {signal.Signals(number).name}" in stop.message
    assert session.disturbed is (number == signal.SIGKILL)


@pytest.mark.parametrize(
    ("end", "raised"), [(Exit(LOCK_FAILED, 0, 0.0, 0), IsolationError), (KILLED, Stopped)]
)
def test_a_worker_that_is_gone_before_it_is_asked(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch, end: Exit, raised: Any
) -> None:
    """The spare one waits for as long as its judge has nothing to do."""

    def gone(memory: int, cpu: int) -> tuple[int, Channel]:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.close()
        return 1, Channel(ours.detach())

    session, _, launcher = session_of(script=script(Answer(1)))
    launcher.exit = end
    with monkeypatch.context() as patch:
        patch.setattr(launcher, "spawn", gone)
        with pytest.raises(raised):
            session.do(CALL)
    session.begin("work", 7, 60.0)
    assert session.do(CALL).value == 1


def test_greeting_with_something_else(session_of: SessionOf) -> None:
    """The texts could not be read: it would be the same in every test, and is not tried again."""
    session, _, launcher = session_of(script=lambda request, body: Answer())
    assert stopped(session).outcome == "crashed"
    session.begin("work", 7, 60.0)
    stopped(session)
    assert launcher.spawned == 2


@pytest.mark.parametrize(
    ("end", "outcome", "told"),
    [
        (Exit(0, 0, 0.0, 0), "crashed", "exit status 0"),
        (Exit(71, 0, 0.0, 0), "crashed", "exit status 71"),
        (Exit(-1, signal.SIGSEGV, 0.0, 0), "crashed", "signal SIGSEGV"),
        (Exit(-1, 99, 0.0, 0), "crashed", "signal 99"),
        (Exit(-1, signal.SIGXCPU, 5.1, 0), "timeout", "All 5 s of processor time"),
        (Exit(-1, signal.SIGKILL, 6.0, 0), "timeout", "All 5 s of processor time"),
        (Exit(-1, signal.SIGXCPU, 0.1, 0), "crashed", "signal SIGXCPU"),
        (Exit(-1, signal.SIGABRT, 0.1, 1 << 20), "memory", "1 MiB of memory"),
        (Exit(-1, signal.SIGABRT, 0.1, 1 << 10), "crashed", "signal SIGABRT"),
    ],
)
def test_how_a_worker_ended(session_of: SessionOf, end: Exit, outcome: str, told: str) -> None:
    bounds = Bounds(call=10.0, memory=1 << 20, output=99, cpu=5)
    session, _, launcher = session_of(script=script(None), bounds=bounds)
    launcher.exit = end
    stop = stopped(session)
    assert (stop.outcome, told in stop.message) == (outcome, True)


def test_a_worker_that_could_not_be_forked_is_not_the_students_fault(
    session_of: SessionOf,
) -> None:
    session, _, launcher = session_of(script=lambda request, body: None)
    launcher.exit = Exit(FORK_FAILED, 0, 0.0, 0)
    with pytest.raises(ProcessGone, match="no room for another process"):
        session.do(CALL)


def test_a_lock_that_failed_is_not_the_students_fault(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=lambda request, body: None)
    launcher.exit = Exit(LOCK_FAILED, 0, 0.0, 0)
    with pytest.raises(IsolationError):
        session.do(CALL)


@pytest.mark.parametrize("error", [ProcessGone("gone"), OSError(24, "no descriptor")])
def test_what_kept_a_test_from_being_asked_is_remembered(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Whatever the test makes of it: no later question of it is answered, either."""

    def refuse(*args: object) -> None:
        raise error

    session, _, launcher = session_of(script=script(Answer(1)))
    with monkeypatch.context() as patch:
        patch.setattr(launcher, "spawn", refuse)
        with pytest.raises(type(error)):
            session.do(CALL)
    assert session.failed is error
    with pytest.raises(type(error)):
        session.do(CALL)
    session.begin("work", 7, 60.0)
    assert session.failed is None
    assert session.do(CALL).value == 1


def test_what_cannot_be_sent_is_no_failure(session_of: SessionOf) -> None:
    """The suite's own mistake is for the suite to hear of."""
    session, _, _ = session_of(script=script(Answer(1)))
    with pytest.raises(TypeError, match="cannot cross"):
        session.do(Op("call", "f", args=(object(),)))
    assert session.failed is session.stopped is None
    assert session.do(CALL).value == 1


def test_an_answer_that_memory_has_no_room_for(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A suite that expects some exception does not take it for the student's."""

    def full(*args: object) -> None:
        raise MemoryError

    session, _, _ = session_of(script=script(Answer(1)))
    monkeypatch.setattr(exchange_module, "Decoder", full)
    stop = stopped(session)
    assert stop == (
        "crashed",
        "The answer could not be read: there is no room in memory for it.",
    )


def test_the_same_exit_later_is_the_students_own(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script(None))
    launcher.exit = Exit(LOCK_FAILED, 0, 0.0, 0)
    assert stopped(session).outcome == "crashed"


@pytest.mark.parametrize(
    ("cpu", "claimed", "disturbed"),
    [(0.05, 0.0, False), (0.001, 0.0, True), (0.05, -1e9, False), (0.05, float("nan"), False)],
)
def test_late(session_of: SessionOf, cpu: float, claimed: float, disturbed: bool) -> None:
    """Whether it had the processor decides on a second attempt, and lies about it gain little."""
    session, _, launcher = session_of(script=script(Answer(1, cpu=claimed), "silence"), bounds=FAST)
    session.do(CALL)
    launcher.exit = Exit(-1, signal.SIGKILL, cpu, 0)
    stop = stopped(session)
    assert (stop.outcome, session.disturbed) == ("timeout", disturbed)
    assert "No answer within 0.05 s" in stop.message


@pytest.mark.parametrize(
    ("end", "disturbed"),
    [
        (Exit(-1, signal.SIGKILL, 4.9, 0), True),
        (Exit(-1, signal.SIGTERM, 0.0, 0), True),
        (Exit(-1, signal.SIGKILL, 5.0, 0), False),
        (Exit(-1, signal.SIGSEGV, 0.0, 0), False),
        (Exit(3, 0, 0.0, 0), False),
    ],
)
def test_a_worker_killed_by_somebody(session_of: SessionOf, end: Exit, disturbed: bool) -> None:
    """No fault of a program's own ends it so; what limits and crashes do is its own."""
    bounds = Bounds(call=10.0, memory=1 << 20, output=99, cpu=5)
    session, _, launcher = session_of(script=script(None), bounds=bounds)
    launcher.exit = end
    stopped(session)
    assert session.disturbed is disturbed
    session.begin("work", 7, 60.0)
    assert not session.disturbed


def test_a_worker_killed_while_it_reads_is_replaced(session_of: SessionOf) -> None:
    """No code of the student's has run in it; nor are they texts that nobody can read."""
    greetings = [None, None, Started({"work": Facts()})]

    def follow(request: Request, body: bytes) -> Any:
        return greetings.pop(0) if isinstance(request.what, Start) else Answer(3)

    session, _, launcher = session_of(script=follow)
    assert session.do(CALL).value == 3
    assert (session.disturbed, launcher.spawned) == (False, 3)


def test_workers_that_are_all_killed_while_they_read(session_of: SessionOf) -> None:
    """There is an end to it; the next test tries again."""
    session, _, launcher = session_of(script=lambda request, body: None)
    assert stopped(session).outcome == "crashed"
    assert (session.disturbed, launcher.spawned) == (True, 3)
    session.begin("work", 7, 60.0)
    stopped(session)
    assert launcher.spawned == 6
    launcher.exit = Exit(-1, signal.SIGSEGV, 0.0, 0)
    session.begin("work", 7, 60.0)
    stopped(session)
    session.begin("work", 7, 60.0)
    assert "signal SIGSEGV" in stopped(session).message
    assert launcher.spawned == 7, "a text that crashes its reader does so again"


def test_a_call_has_no_longer_than_it_is_given(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script("silence"))
    with pytest.raises(Stopped) as met:
        session.do(CALL, 0.02)
    assert met.value.reason == SlowCall(0.02)
    assert launcher.ended == [1]


def test_what_is_refused_is_not_asked(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script())
    stop = session.refuse(NotReached("slow(3)"))
    assert session.stopped is stop
    assert stopped(session) == (
        "timeout",
        "Not reached: the time for it was used up by slow(3).",
    )
    assert launcher.spawned == 0


def test_texts_that_take_for_ever_to_read(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendant, "_START_SECONDS", 0.05)
    session, _, launcher = session_of(script=lambda request, body: "silence")
    launcher.exit = Exit(-1, signal.SIGKILL, 0.001, 0)
    stop = stopped(session)
    assert "could not be read within" in stop.message
    session.begin("work", 7, 60.0)
    stopped(session)
    assert launcher.spawned == 2, "it was disturbed: it is tried again"
    launcher.exit = Exit(-1, signal.SIGKILL, 1.0, 0)
    session.begin("work", 7, 60.0)
    stopped(session)
    session.begin("work", 7, 60.0)
    assert stopped(session).outcome == "timeout"
    assert launcher.spawned == 3, "it had its time, and used it"


def test_the_time_of_an_exercise_is_used_up(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script(), seconds=0.0)
    assert "time for this exercise" in stopped(session).message
    assert launcher.spawned == 0


def test_a_module_that_was_not_handed_in(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script())
    session.begin("other", 7, 60.0)
    stop = stopped(session)
    assert (stop.outcome, stop.message) == ("not_attempted", "The submission has no other.py.")
    assert launcher.spawned == 0


def test_answers_of_one_test_have_a_size_together(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "_ANSWER_LIMIT", 1 << 16)
    many = [Answer("x" * 1000)] * 20
    session, _, launcher = session_of(script=script(*many))
    session.do(CALL)
    with pytest.raises(Stopped, match="TooLongAnswers"):
        [session.do(CALL) for _ in range(10)]
    assert launcher.ended == [1]
    session.begin("work", 7, 60.0)
    assert session.do(CALL).value, "a test starts from nothing"


# --- what the worker says of itself ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "outcome", "told", "ends"),
    [
        (Answer(stop="output"), "output", "10 MB printed", True),
        (Answer(stop="memory"), "memory", "1024 MiB", True),
        (
            Answer(stop="forbidden", forbidden=ForbiddenName("np.f", "work.py", 3)),
            "forbidden",
            "np.f (work.py, line 3)",
            False,
        ),
        (
            Answer(stop="forbidden", forbidden=ForbiddenName("np.f")),
            "forbidden",
            "without np.f:",
            False,
        ),
    ],
)
def test_limits_that_were_passed(
    session_of: SessionOf, answer: Answer, outcome: str, told: str, ends: bool
) -> None:
    session, _, launcher = session_of(script=script(answer))
    stop = stopped(session)
    assert (stop.outcome, told in stop.message) == (outcome, True)
    assert bool(launcher.ended) == ends


FACTS = {"work": Facts((2,), {"g": ForbiddenName("np.norm", "work.py", 5)})}
STUB = Raised("NotImplementedError", "NotImplementedError", "", (("work.py", 2, "f"),), True)


def test_what_another_session_found_in_the_texts_is_not_looked_for_again(
    session_of: SessionOf,
) -> None:
    asked: list[Start] = []

    def follow(request: Request, body: bytes) -> Any:
        if isinstance(request.what, Start):
            asked.append(request.what)
            return Started({})
        return Answer()

    session, _, _ = session_of(script=follow)
    session.facts = FACTS
    assert stopped(session, Op("call", "g")).outcome == "forbidden"
    assert [start.read for start in asked] == [False]


@pytest.mark.parametrize(
    ("texts", "workers"),
    [
        (("", ""), 1),
        (("import sys\n", ""), 3),
        (("", "import sys\n"), 3),
    ],
)
def test_modules_that_cannot_change_a_library_share_a_worker(
    session_of: SessionOf, texts: tuple[str, str], workers: int
) -> None:
    """What the tests of one left in a module is forgotten before the next."""
    count = "seen = []\ndef count():\n    seen.append(1)\n    return len(seen)\n"
    work = f"{texts[0]}import held\ndef f():\n    return held.count()\n"
    other = f"{texts[1]}import held\ndef f():\n    return held.count()\n"
    session, _, launcher = session_of(work, held=count, other=other)
    assert [ask(session, "f").value for _ in range(2)] == [1, 2]
    session.begin("other", 7, 60.0)
    found = [ask(session, "f").value]
    session.begin("work", 7, 60.0)
    found.append(ask(session, "f").value)
    assert launcher.spawned == workers
    # Of workers that are threads, only one that is used again unloads what this process holds.
    assert workers > 1 or found == [1, 1]


def test_what_a_test_set_is_met_by_no_other_module(session_of: SessionOf) -> None:
    """What it set an attribute of may be a library: a student's answer is anything."""
    text = "import numpy as np\ndef f():\n    return np.linalg\n"
    session, _, launcher = session_of(text, other=text)
    session.do(Op("call", "f", keep=True))
    session.begin("other", 7, 60.0)
    handle = session.do(Op("call", "f", keep=True))
    assert launcher.spawned == 1
    try:
        session.do(Op("setattr", "weight", handle.kept, (1,)))
        session.begin("other", 7, 60.0)
        ask(session, "f")
        assert launcher.spawned == 1
        session.begin("work", 7, 60.0)
        ask(session, "f")
        assert launcher.spawned == 2
    finally:
        del np.linalg.weight  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "following", "workers"),
    [("", "other", 1), ("", "work", 2), ("import sys\n", "other", 2), ("import sys\n", "work", 2)],
)
def test_nothing_that_tests_left_is_met_once_they_are_settled(
    session_of: SessionOf, text: str, following: str, workers: int
) -> None:
    """What is asked then begins with a module that nobody has used, in a library as it was."""
    count = f"{text}seen = []\ndef f():\n    seen.append(1)\n    return len(seen)\n"
    session, _, launcher = session_of(count, other=count)
    assert [ask(session, "f").value for _ in range(2)] == [1, 2]
    session.settle(following)
    session.begin(following, 7, 60.0)
    found = ask(session, "f").value
    assert launcher.spawned == workers
    assert workers > 1 or found == 1  # as above


def test_a_module_whose_tests_all_stop_unasked_leaves_the_one_before_in_its_worker(
    session_of: SessionOf,
) -> None:
    """It is a new worker that is asked about that one afterwards."""
    stops = {"": ForbiddenName("np.norm", "other.py", 1)}
    facts = {"work": Facts(plain=True), "other": Facts((), stops, plain=True)}
    answers = script(Answer(1), Answer(1), facts=facts)
    session, _, launcher = session_of("", script=answers, other="")
    session.do(CALL)
    session.begin("other", 7, 60.0)
    assert stopped(session).outcome == "forbidden"
    session.settle()
    assert launcher.spawned == 1
    session.settle("work")
    session.begin("work", 7, 60.0)
    session.do(CALL)
    assert launcher.spawned == 2


def test_code_that_might_work_on_unasked_is_ended_when_its_tests_are(
    session_of: SessionOf,
) -> None:
    session, _, launcher = session_of("import threading\ndef f(): return 1\n", other="")
    ask(session, "f")
    session.settle()
    assert launcher.dropped == [1]


def test_an_unwritten_stub(session_of: SessionOf) -> None:
    session, _, _ = session_of(script=script(Answer(raised=STUB), facts=FACTS))
    assert stopped(session).outcome == "not_attempted"


@pytest.mark.parametrize(
    "raised",
    [
        msgspec.structs.replace(STUB, own=False),
        msgspec.structs.replace(STUB, frames=(("work.py", 3, "f"),)),
        msgspec.structs.replace(STUB, frames=()),
        msgspec.structs.replace(STUB, frames=(("other.py", 2, "f"),)),
        msgspec.structs.replace(STUB, kind="Mine"),
    ],
)
def test_what_only_looks_like_a_stub(session_of: SessionOf, raised: Raised) -> None:
    session, _, _ = session_of(script=script(Answer(raised=raised), facts=FACTS))
    assert session.do(CALL).raised == raised


def test_a_forbidden_name_in_the_text(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script(Answer(1), facts=FACTS))
    assert session.do(CALL).value == 1
    stop = stopped(session, Op("call", "g"))
    assert (stop.outcome, "np.norm (work.py, line 5)" in stop.message) == ("forbidden", True)
    assert launcher.ended == []
    everywhere = {"work": Facts((), {"": ForbiddenName("np.norm", "helper.py", 1)})}
    session, _, _ = session_of(script=script(facts=everywhere))
    assert stopped(session, Op("vjp", "f")).outcome == "forbidden"


def test_a_forbidden_name_in_what_an_example_calls(session_of: SessionOf) -> None:
    session, _, _ = session_of(script=script(Answer(1), facts=FACTS))
    assert session.do(Op("example", "h(1)")).value == 1
    assert stopped(session, Op("example", "f(g(1))")).outcome == "forbidden"


def test_every_exception_that_crosses_can_be_made() -> None:
    for name, cls in BUILTIN_ERRORS.items():
        error = student_exception(Raised(name, "Mine", "why"))
        assert type(error) is cls
        assert "why" in str(error)
    assert isinstance(student_exception(Raised("LinAlgError", "L", "x")), np.linalg.LinAlgError)
    other = student_exception(Raised("", "Odd", "x"))
    assert type(other) is StudentError
    assert str(other) == "Odd: x"
    assert type(student_exception(Raised("SystemExit", "SystemExit", ""))) is StudentError
    assert Reply(1, Answer()).sizes == ()


# --- loading --------------------------------------------------------------------------------------


def test_loading_is_no_part_of_the_call(session_of: SessionOf) -> None:
    text = "import time\ntime.sleep(0.3)\ndef f(): return 1"
    bounds = Bounds(call=2.0, memory=1 << 30, output=4096, cpu=60, loading=9.0)
    session, _, _ = session_of(text, bounds=bounds, seconds=5.0)
    assert session.loading > 9.0
    assert session.do(CALL).value == 1
    assert session.left > 4.8
    assert session.loading == 0.0


def test_a_module_that_does_not_load_is_told_as_one(session_of: SessionOf) -> None:
    bounds = Bounds(call=0.1, memory=1 << 30, output=4096, cpu=60, loading=9.0)
    session, _, launcher = session_of("import time\ntime.sleep(0.5)\n", bounds=bounds)
    assert stopped(session).message.startswith("work.py could not be loaded within 0.1 s.")
    assert launcher.ended == [1], "it slept: nobody had taken its processor"


def test_one_that_waited_for_a_processor_has_a_longer_attempt(session_of: SessionOf) -> None:
    session, _, launcher = session_of(script=script("silence", Answer(), Answer(7)), bounds=FAST)
    launcher.asks_to_load = True
    launcher.exit = Exit(-1, signal.SIGKILL, 0.0, 0, waited=0.04)
    assert session.do(CALL).value == 7
    assert launcher.ended == [1]


def test_loading_again_and_again_comes_to_an_end(session_of: SessionOf) -> None:
    bounds = msgspec.structs.replace(FAST, loading=0.08)
    session, _, launcher = session_of(script=script(*["silence"] * 9), bounds=bounds)
    launcher.asks_to_load = True
    for told in ("work.py could not be loaded within 0.05 s.", "work.py could not"):
        assert stopped(session).message.startswith(told)
        session.begin("work", 7, 5.0)
    assert stopped(session).message == "The time for this exercise is used up."


def test_an_exception_of_loading_is_the_calls(session_of: SessionOf) -> None:
    session, _, _ = session_of("print('once')\nraise ValueError('no')")
    exchange = session.do(CALL)
    assert exchange.raised is not None
    assert (exchange.raised.text, exchange.raised.frames[0][2]) == ("no", "<module>")
    assert exchange.printed == "once\n", "it ran once"
