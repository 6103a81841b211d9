"""Whose a hand-in is: one student's, a team's, or not known. A name that fits two fits none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from grader.classroom.intake.handin import HandIn, Identity
from grader.classroom.people import Person
from grader.classroom.roster import Roster

__all__ = ["Owner", "owners"]


class Owner(msgspec.Struct):
    """Whose a hand-in is.

    Args:
        label: what they are called in the summary.
        keys: the students whose mark it decides, who handed it in first; none where nobody is
            known.
        is_test: it is the LMS's test student's.
    """

    label: str
    keys: tuple[str, ...] = ()
    problems: list[str] = []
    notes: list[str] = []
    is_test: bool = False


def owners(hand_ins: Sequence[HandIn], roster: Roster, is_rostered: bool) -> Iterator[Owner]:
    """Whose each hand-in of a source is, in their order.

    Args:
        is_rostered: the class has a roster: whoever is not on it is told, and is not of the class.
    """
    doubtful = _doubtful(hand_ins, roster)
    found = [_owner(hand_in, roster, is_rostered, doubtful) for hand_in in hand_ins]
    _part_twice(hand_ins, found, roster)
    yield from found


def _part_twice(hand_ins: Sequence[HandIn], found: Sequence[Owner], roster: Roster) -> None:
    """Where two folders or files are called by two words for one student (`jdoe` and `Jane Doe`,
    `anna` and `Anna`), only that which is called by an id as it is written is theirs for sure, and
    what is called as somebody was who was merged into them.
    """
    words: dict[str, list[int]] = {}
    for number, (hand_in, owner) in enumerate(zip(hand_ins, found, strict=True)):
        if len(owner.keys) == 1 and len(hand_in.who) == 1 and hand_in.who[0].word:
            words.setdefault(owner.keys[0], []).append(number)
    for key, numbers in words.items():
        called = list(dict.fromkeys(hand_ins[n].who[0].word for n in numbers))
        if len(called) < 2:
            continue
        person = roster.person(key)
        ids, former = {key, *person.aliases.values()}, {value for _, value in person.also}
        sure = min(called, key=lambda word: (word not in ids, word not in former))
        for number in numbers:
            word = hand_ins[number].who[0].word
            if word != sure and word not in former:
                found[number].label, found[number].keys = word, ()
                found[number].problems.append(
                    f"{word} may be {key}, who handed in as {sure}: call it by the student's id."
                )


def _doubtful(hand_ins: Sequence[HandIn], roster: Roster) -> set[str]:
    """Students whom two different people of one source were taken for, by their name alone."""
    found: dict[str, set[tuple[tuple[str, str], ...]]] = {}
    for hand_in in hand_ins:
        for who in hand_in.who:
            ids = tuple(sorted(who.aliases.items()))
            if ids and not any(roster.has(system, value) for system, value in ids):
                person = roster.find(who).person
                if person is not None:
                    found.setdefault(person.key, set()).add(ids)
    return {key for key, ids in found.items() if len(ids) > 1}


def _owner(hand_in: HandIn, roster: Roster, is_rostered: bool, doubtful: set[str]) -> Owner:
    if any(roster.is_test(who) for who in hand_in.who):
        return Owner(hand_in.who[0].label, is_test=True)
    members = _team(hand_in, roster)
    label = hand_in.team or next((who.label for who in hand_in.who), "")
    if not hand_in.who or (hand_in.only_team and not members):
        if members:
            return Owner(label, tuple(person.key for person in members))
        what = f"No team of the roster is called {hand_in.team}." if hand_in.team else _NOBODY
        return Owner(label, problems=[] if _is_refused(hand_in) else [what])
    owner = Owner(label, problems=[], notes=[])
    keys: list[str] = []
    for who in hand_in.who:
        person = _member(who, members, roster) or _person(who, roster, owner, is_rostered, doubtful)
        if person is not None:
            keys.append(person.key)
    if members:
        keys = list(dict.fromkeys([*keys, *(person.key for person in members)]))
    owner.keys = tuple(dict.fromkeys(keys))
    owner.label = owner.keys[0] if len(owner.keys) == 1 else owner.label
    return owner


_NOBODY = "Its name does not tell whose it is."


def _is_refused(hand_in: HandIn) -> bool:
    """Whether all that is in it says by itself why it was not taken."""
    return all(item.reason for _, item in hand_in.files) and bool(hand_in.files)


def _team(hand_in: HandIn, roster: Roster) -> list[Person]:
    """The members of the team that a hand-in is of: where the source's name is a team's, and not
    that of the student whose id stands beside it.
    """
    members = roster.team(hand_in.team) if hand_in.team else []
    if not members:
        return []
    for who in hand_in.who:
        person = roster.find(who).person
        if person is not None and (who.word or roster.is_called(person, hand_in.team)):
            return []
    return members


def _member(who: Identity, members: list[Person], roster: Roster) -> Person | None:
    """The member whose id a team's work stands under; any, where the id is the team's own."""
    if not members:
        return None
    found = roster.find(who).person
    return found if found in members else members[0]


def _person(
    who: Identity, roster: Roster, owner: Owner, is_rostered: bool, doubtful: set[str]
) -> Person | None:
    found = roster.find(who)
    if found.note:
        owner.notes.append(found.note)
    if found.problem:
        owner.problems.append(found.problem)
        return None
    if found.person is None:
        if who.blind and is_rostered:
            owner.problems.append("Names are hidden in it, so nobody on the roster can be meant.")
        elif is_rostered:
            owner.problems.append(f"{_name(who)} is not on the roster.")
        return roster.add(who, active=not is_rostered)
    person = found.person
    if person.key in doubtful:
        owner.problems.append(
            f"More than one {_name(who)} handed in, and the roster knows one: give the LMS's own "
            "sheet with --roster."
        )
        return None
    if not person.active:
        owner.problems.append(f"{_name(who)} is not on the roster.")
    return roster.learn(person, who)


def _name(who: Identity) -> str:
    return who.name or who.word or who.label
