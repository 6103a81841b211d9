"""Sheets of times of people whom only the hand-ins tell of."""

from __future__ import annotations

from support.collecting import Class, Put

CODE = "def magnitude(v):\n    return {}\n"


def test_a_class_without_a_roster_has_its_times_at_once(room: Class, put: Put) -> None:
    times = put("t.csv", "student,time\ndoe,2027-02-01T10:00Z\nroe,2027-02-01T11:00+01:00\n")
    for name in ("doe", "roe"):
        put(f"in/{name}/magnitude.py", CODE.format(1))
    room.collect(put("in/doe/magnitude.py", CODE.format(2)).parents[1], times=times)
    assert room.problems() == {}
    hours = {key: a.at.isoformat() for key, a in room.attempts.items() if a.at is not None}
    assert hours == {"doe": "2027-02-01T10:00:00+00:00", "roe": "2027-02-01T11:00:00+01:00"}


def test_people_of_a_later_source_have_theirs_and_nobody_is_told_of_once(
    room: Class, put: Put
) -> None:
    times = put("t.csv", "student,time\nroe,2027-02-01T10:00Z\nnobody,2027-02-01T10:00Z\n")
    one = put("one/doe/magnitude.py", CODE.format(1)).parents[1]
    two = put("two/roe/magnitude.py", CODE.format(2)).parents[1]
    room.collect(one, two, times=times)
    assert room.attempts["roe"].at is not None
    assert [(p.who, p.what) for p in room.summary.problems] == [
        ("nobody", "It is a time of somebody who is not known.")
    ]
