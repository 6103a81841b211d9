"""Writing marks: one student at a time, each looked at before and after, none twice.

Before a mark is sent, Canvas is asked once more what it has, and the journal in the gradebook says
what is about to be written. Where no clear answer comes back, Canvas is asked again: what is there
was written, what is not is sent again. A comment is looked for in the same way, because Canvas adds
one each time. Whatever ends a push, the same command goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Literal

import msgspec

from grader.classroom.gradebook.book import Gradebook, me
from grader.classroom.gradebook.values import Push
from grader.errors import UsageError
from grader.platforms.canvas import records
from grader.platforms.canvas.api import Api, Refused, Unclear
from grader.platforms.canvas.plan import Plan, Row, Verdict, decided, same, text_of
from grader.platforms.canvas.planning import PushAsked
from grader.report.words import points

__all__ = ["Failure", "Pushed", "push"]

#: How often something is sent for which no clear answer came, and which is not there.
_TRIES = 3
#: Failures in a row after which it is Canvas, or the token, and not one student.
_FAULTS = 3


class Failure(msgspec.Struct, frozen=True):
    """Something that was not written, or not as it was sent."""

    name: str
    label: str
    what: str


class Pushed(msgspec.Struct):
    """What came of a push.

    Args:
        written: marks that are in Canvas now and were not before.
        known: marks that were there already.
        stayed: marks that Canvas keeps.
        comments: comments that were added.
        done, total: rows that were looked at, and all of them.
        stopped: why it ended early, or "".
    """

    total: int
    written: int = 0
    known: int = 0
    stayed: int = 0
    comments: int = 0
    done: int = 0
    failures: list[Failure] = []
    stopped: str = ""


def push(
    api: Api,
    asked: PushAsked,
    plan: Plan,
    book: Gradebook,
    progress: Callable[[str, int], None] = lambda name, total: None,
) -> Pushed:
    """Write what is planned; what had been written when it ended is told in any case.

    Raises:
        UsageError: another push is at it.
    """
    with book.alone("grade push"):  # two might both add a comment
        return _pushed(api, asked, plan, book, progress)


def _pushed(
    api: Api, asked: PushAsked, plan: Plan, book: Gradebook, progress: Callable[[str, int], None]
) -> Pushed:
    rows = [row for row in plan.rows if row.verdict.action != "stays"]
    pushing = _Pushing(api, asked, book, Pushed(len(rows)))
    pushing.came.stayed = len(plan.rows) - len(rows)
    try:
        for row in rows:
            progress(row.name, len(rows))
            pushing.row(row)
        pushing.check(rows)
    except UsageError as error:
        pushing.came.stopped = str(error)
    except KeyboardInterrupt:
        pushing.came.stopped = "Stopped."
    return pushing.came


class _Pushing:
    """One push, while it lasts."""

    def __init__(self, api: Api, asked: PushAsked, book: Gradebook, came: Pushed) -> None:
        self._api, self._asked, self._book, self.came = api, asked, book, came
        self._faults = 0
        self._failed: set[tuple[int, int]] = set()

    def row(self, row: Row) -> None:
        """Write one mark, and the comment that goes with it."""
        if self._is_done(row):
            self.came.known += 1
            self.came.done += 1
            return
        try:
            there = self._there(row)
            verdict = self._now(row, there)
            if verdict.action == "stays":
                self.came.stayed += 1
                self._fail(row, f"Since the preview it is {verdict.reason}: left as it is.")
            else:
                if verdict.action == "write":
                    self._mark(row)
                    self.came.written += 1
                else:
                    self._adopt(row, there)
                    self.came.known += 1
                self._comment(row, there)
            self._faults = 0
        except (Refused, Unclear) as error:
            self._fail(row, str(error))
            self._faults += 1
            if self._faults >= _FAULTS:
                raise UsageError(
                    f"{_FAULTS} marks in a row could not be written, the last one because: {error}"
                ) from None
        self.came.done += 1

    def _is_done(self, row: Row) -> bool:
        """Whether the plan, which has just been read, says that there is nothing to do."""
        own = self._book.pushes(row.place, row.student)
        is_clear = all(each.seen is not None for each in own)
        return row.verdict.action == "same" and is_clear and self._is_said(row, own)

    def check(self, rows: list[Row]) -> None:
        """Read all back once more where something was written, and name what is not as sent."""
        wrote = {row.assignment for row in rows if row.verdict.action == "write"}
        for number in sorted(wrote):
            own = [row for row in rows if row.assignment == number]
            found = {
                each.user_id: each
                for each in self._api.list(
                    f"{self._path(own[0]).rpartition('/')[0]}", records.Submission,
                    f"the marks of {own[0].label}",
                )
            }  # fmt: skip
            for row in own:
                has = found.get(row.user)
                entered = has.entered if has is not None else None
                is_there = entered is not None and same(entered, row.value)
                if not is_there and (row.user, number) not in self._failed:
                    self._fail(
                        row, f"Canvas has {text_of(has) or 'nothing'}, read back at the end."
                    )

    # --- marks ------------------------------------------------------------------------------

    def _path(self, row: Row) -> str:
        return f"courses/{self._asked.number}/assignments/{row.assignment}/submissions/{row.user}"

    def _there(self, row: Row) -> records.Submission:
        include = ["submission_comments"] if row.comment else []
        return self._api.get(self._path(row), records.Submission, _what(row), include=include)

    def _now(self, row: Row, there: records.Submission) -> Verdict:
        journal = self._book.pushes(row.place, row.student)
        return decided(
            there, row.value, journal, overwrite=self._asked.overwrite,
            is_cut=bool(row.status and there.points_deducted),
        )  # fmt: skip

    def _mark(self, row: Row) -> None:
        submission = {"posted_grade": f"{row.value:f}"}
        if row.status:
            submission["late_policy_status"] = row.status
        entry = self._begin(row, "grade", f"{row.value:f}")
        found = self._sent(
            row,
            lambda has: has.entered is not None and same(has.entered, row.value),
            submission=submission,
            prefer_points_over_scheme=True,
        )
        if found.entered is None or not same(found.entered, row.value):
            found = self._there(row)  # what stands there decides, and not the answer alone
        if found.entered is None or not same(found.entered, row.value):
            raise Refused(f"Canvas made {text_of(found) or 'nothing'} of {row.value}.")
        if row.status and found.points_deducted:
            self._fail(row, f"Canvas still takes off {points(found.points_deducted)} for lateness.")
        self._book.see_push(entry, found.graded_at or "")

    def _adopt(self, row: Row, there: records.Submission) -> None:
        """What was begun by a push that was stopped, or came with a group's mark, is ours."""
        own = [e for e in self._book.pushes(row.place, row.student) if e.what == "grade"]
        if own and own[-1].seen is None and same(row.value, Decimal(own[-1].value)):
            self._book.see_push(own[-1].id, there.graded_at or "")
        elif row.verdict.action == "write":
            entry = self._begin(row, "grade", f"{row.value:f}")
            self._book.see_push(entry, there.graded_at or "")

    def _sent(
        self,
        row: Row,
        is_there: Callable[[records.Submission], bool],
        tries: int = _TRIES,
        **params: object,
    ) -> records.Submission:
        """Send something, and what Canvas has then; again only where it is not there."""
        fault = ""
        for number in range(1, tries + 1):
            try:
                return self._api.put(self._path(row), records.Submission, _what(row), **params)
            except Unclear as error:
                fault = str(error)
            self._api.wait(number)  # it may be about to be done
            found = self._api.get(
                self._path(row), records.Submission, _what(row), include=["submission_comments"]
            )
            if is_there(found):
                return found
        raise Unclear(fault)

    # --- comments ---------------------------------------------------------------------------

    def _comment(self, row: Row, there: records.Submission) -> None:
        own = self._book.pushes(row.place, row.student)
        if self._is_said(row, own):
            return  # also where somebody has deleted it since
        digest = _digest(row)
        own = [each for each in own if (each.what, each.value) == ("comment", digest)]
        entry = own[-1].id if own else self._begin(row, "comment", digest)
        if not _says(there, row.comment):
            found = self._sent(  # once: sent again, a late answer would make it two
                row,
                lambda has: _says(has, row.comment),
                tries=1,
                comment={"text_comment": row.comment},
            )
            if not _says(found, row.comment) and not _says(self._there(row), row.comment):
                raise Refused("Canvas took the comment and does not show it.")
            self.came.comments += 1
        self._book.see_push(entry, "there")

    @staticmethod
    def _is_said(row: Row, own: Sequence[Push]) -> bool:
        """Whether there is no comment to add, or it was added once."""
        known = {each.value for each in own if each.what == "comment" and each.seen is not None}
        return not row.comment or _digest(row) in known

    # --- the journal ------------------------------------------------------------------------

    def _begin(self, row: Row, what: Literal["grade", "comment"], value: str) -> int:
        return self._book.begin_push(
            Push(row.student, row.place, what, value, me(), datetime.now(UTC))
        )

    def _fail(self, row: Row, what: str) -> None:
        self._failed.add((row.user, row.assignment))
        self.came.failures.append(Failure(row.name, row.label, what))


def _what(row: Row) -> str:
    return f"the mark of user {row.user} for {row.label}"


def _digest(row: Row) -> str:
    return sha256(row.comment.encode()).hexdigest()


def _says(submission: records.Submission, text: str) -> bool:
    """Whether a comment is among a submission's; Canvas may have other line ends."""
    wanted = text.split()
    return any((c.comment or "").split() == wanted for c in submission.submission_comments or ())
