"""Asking Canvas: pages, throttling, faults, refusals; and the token, which goes nowhere else."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.platforms.canvas import records
from grader.platforms.canvas.api import Api, Missing, Patience, Refused, Unclear
from grader.platforms.canvas.settings import Settings, Token
from support.canvas_server import TOKEN, Canvas, Fault


def names(api: Api) -> list[str | None]:
    found = api.list("courses/42/users", records.User, "the students", include=["email"])
    return [user.name for user in found]


def test_a_list_is_read_to_its_last_page(canvas: Canvas, api: Api) -> None:
    for number in range(101, 106):
        canvas.student(number, f"Student {number}")
    assert names(api) == [f"Student {number}" for number in range(101, 106)]
    assert len(canvas.asked) == 3
    assert all("include" in line for line in canvas.asked)


def test_pages_under_another_name_of_canvas_are_asked_for_at_the_same_address(
    canvas: Canvas, api: Api
) -> None:
    for number in range(101, 104):
        canvas.student(number, f"Student {number}")
    canvas.other = "https://elsewhere.example"
    assert len(names(api)) == 3


def test_a_list_without_an_end_is_refused(
    canvas: Canvas, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.student(101, "Jane Doe")
    monkeypatch.setattr(api, "_next", lambda answer: f"{canvas.url}/api/v1/courses/42/users")
    with pytest.raises(UsageError, match="has no end"):
        names(api)


@pytest.mark.parametrize("kind", ["slow", "much"])
def test_a_throttled_request_is_sent_again_after_longer_and_longer_waits(
    kind: str, canvas: Canvas, api: Api, waits: list[float]
) -> None:
    canvas.student(101, "Jane Doe")
    canvas.faults.append(Fault(kind, "users", times=3))  # type: ignore[arg-type]
    assert names(api) == ["Jane Doe"]
    assert waits == ([1, 2, 4] if kind == "slow" else [7, 7, 7])
    canvas.faults.append(Fault(kind, "users", times=99))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="too much is asked of it"):
        names(api)
    assert max(waits) <= 60


def test_a_low_quota_is_given_time(canvas: Canvas, api: Api, waits: list[float]) -> None:
    canvas.student(101, "Jane Doe")
    canvas.remaining = 12.5
    assert names(api) == ["Jane Doe"]
    assert waits == [1]


@pytest.mark.parametrize("kind", ["drop", "lose", "fail", "break"])
def test_what_is_read_is_asked_for_again_and_what_is_written_is_not(
    kind: str, canvas: Canvas, api: Api
) -> None:
    canvas.student(101, "Jane Doe")
    canvas.assignment(4711, "A", 4)
    canvas.faults.append(Fault(kind, "GET", times=4))  # type: ignore[arg-type]
    assert names(api) == ["Jane Doe"]
    canvas.faults.append(Fault(kind, "PUT"))  # type: ignore[arg-type]
    path = "courses/42/assignments/4711/submissions/101"
    with pytest.raises(Unclear):
        api.put(path, records.Submission, "a mark", submission={"posted_grade": "3"})
    assert len(canvas.writes) == 1
    assert canvas.score(4711, 101) == (3 if kind in ("lose", "break") else None)
    canvas.faults.append(Fault(kind, "GET", times=5))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="goes on where it was"):
        names(api)


def test_refusals_say_what_to_do_and_never_the_token(canvas: Canvas, api: Api) -> None:
    canvas.faults.append(Fault("expired", "users"))
    with pytest.raises(UsageError, match="Make a new one in Canvas") as expired:
        names(api)
    canvas.faults.append(Fault("denied", "users"))
    with pytest.raises(Refused, match="does not let this token's user have the students"):
        names(api)
    with pytest.raises(Missing, match="does not know the groups of course 7"):
        list(api.list("courses/7/groups", records.Group, "the groups of course 7"))
    assert TOKEN not in f"{expired.value}{Token(TOKEN)!r}{Settings(canvas.url, Token(TOKEN))!r}"


def test_an_address_that_is_no_canvas(canvas: Canvas, api: Api) -> None:
    canvas.sections[1] = "x"
    with pytest.raises(UsageError, match=r"does not answer as Canvas does .* Is --url right\?"):
        api.get("courses/42/sections", records.Section, "the sections")
    gone = Api(Settings("http://127.0.0.1:9", Token(TOKEN)), sleep=lambda seconds: None)
    with pytest.raises(UsageError, match="cannot be reached"):
        list(gone.list("courses/42/groups", records.Group, "groups"))
    gone.close()


def test_who_does_not_answer_is_not_waited_for(waits: list[float]) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings = Settings(f"http://127.0.0.1:{silent.getsockname()[1]}", Token(TOKEN))
        mute = Api(settings, Patience(read=0.01), sleep=waits.append)
        with pytest.raises(UsageError, match="did not answer in time"):
            list(mute.list("courses/42/groups", records.Group, "groups"))
        with pytest.raises(Unclear, match="did not answer in time"):
            mute.put("courses/42", records.Group, "groups")
        mute.close()
    assert waits == [1, 2, 4, 8]


def test_a_redirect_is_not_followed_with_the_token(canvas: Canvas, api: Api) -> None:
    canvas.moved = "https://new.example"
    with pytest.raises(UsageError, match=r"sends on to https://new\.example: .* --url"):
        names(api)
    assert len(canvas.asked) == 1


def test_without_canvasapi_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "canvasapi.requester", None)
    with pytest.raises(UsageError, match=r"python -m pip install 'wxb\[canvas\]'"):
        Api(Settings("https://canvas.example", Token(TOKEN)))


# --- files --------------------------------------------------------------------------------------


def test_a_file_comes_from_another_host_without_the_token(
    canvas: Canvas, api: Api, tmp_path: Path
) -> None:
    canvas.files[7] = b"x = 1\n"
    canvas.other = canvas.url.replace("127.0.0.1", "localhost")
    assert api.download(f"{canvas.url}/files/7/download", tmp_path / "f", 100, 6) == ""
    assert (tmp_path / "f").read_bytes() == b"x = 1\n"
    assert api.download(f"{canvas.other}/files/7/download", tmp_path / "f", 100, 6) == ""
    assert canvas.strangers == []


def test_a_file_is_fetched_again_until_all_of_it_is_there(
    canvas: Canvas, api: Api, tmp_path: Path
) -> None:
    canvas.files[7] = b"0123456789"
    url, target = f"{canvas.url}/files/7/download", tmp_path / "f"
    canvas.faults += [Fault("lose", "files"), Fault("drop", "files"), Fault("fail", "files")]
    assert api.download(url, target, 100, 10) == ""
    assert target.read_bytes() == b"0123456789"
    before = len(canvas.asked)
    assert api.download(url, target, 100, 11) == ""  # Canvas is mistaken about the size
    assert len(canvas.asked) == before + 2
    canvas.faults.append(Fault("drop", "files", times=5))
    with pytest.raises(Unclear, match="the connection broke off"):
        api.download(url, target, 100, 10)
    canvas.faults.append(Fault("denied", "files"))
    assert "does not give it (404)" in api.download(url, target, 100, 10)


def test_a_file_larger_than_allowed_is_left(canvas: Canvas, api: Api, tmp_path: Path) -> None:
    canvas.files[7] = bytes(1 << 20)
    target = tmp_path / "f"
    assert api.download(f"{canvas.url}/files/7/download", target, 1000, None) == ""
    assert 1000 < target.stat().st_size < 200_000
