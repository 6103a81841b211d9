"""Submissions and their files, as a source of hand-ins.

Every attempt is one (`submission_history`), with Canvas's own number and time. A hand-in is told
apart by its uploads, and stands under the name that Canvas's zip of submissions gives it, so that
both are one source: what was collected from a zip is known, and gets its time from here.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.classroom.intake import canvas as zipped
from grader.classroom.intake.feed import Unreached
from grader.classroom.intake.handin import HandIn, Identity
from grader.classroom.intake.tree import FILE_LIMIT, Item, Tree
from grader.errors import UsageError
from grader.platforms.canvas import records
from grader.platforms.canvas.api import Api, Unclear
from grader.platforms.canvas.course import Room

__all__ = ["Downloads", "hand_ins", "read_submissions"]

#: Hand-ins in a row whose files cannot be had, after which it is Canvas and not the file.
_FAULTS = 3
#: How a submission was made, other than by uploads -> what to say of it.
_OTHER = {
    "online_text_entry": "It was typed into Canvas as text, not uploaded as a file.",
    "online_url": "An address was handed in, not a file.",
    "media_recording": "It is a recording, not a file: nothing of it can be graded.",
    "student_annotation": "It is an annotated document: nothing of it can be graded.",
    "online_quiz": "It is a quiz of Canvas's own: nothing of it can be graded.",
    "discussion_topic": "It is a contribution to a discussion: nothing of it can be graded.",
    "external_tool": "It was handed in through another tool, which has it.",
    "basic_lti_launch": "It was handed in through another tool, which has it.",
}


class Downloads(Tree):
    """Files that Canvas has, fetched one at a time, each within bounds."""

    def __init__(self, api: Api, name: str) -> None:
        super().__init__(Path(name), [])
        self._api, self._name = api, name
        self._files: dict[str, records.Attachment] = {}
        self._texts: dict[str, str] = {}
        self._fetched: tuple[str, Path] | None = None
        self._faults = 0
        self._folder = tempfile.TemporaryDirectory(prefix="wxb-canvas-")

    def close(self) -> None:
        """Take what was fetched away: the class has it."""
        self._folder.cleanup()

    @property
    def name(self) -> str:
        return self._name

    def file(self, attachment: records.Attachment) -> Item:
        """An upload, under its own name as far as that can be a file's."""
        handle = str(attachment.id)
        self._files[handle] = attachment
        name = attachment.display_name or attachment.filename or ""
        reason = "" if attachment.url else "Canvas has locked it, and gives no address for it"
        return Item((_safe(name, handle),), name or handle, handle, reason)

    def text(self, name: str, text: str, handle: str) -> Item:
        """What was typed into Canvas."""
        self._texts[handle] = text
        return Item((name,), name, handle)

    def copy(self, item: Item, target: Path, limit: int = FILE_LIMIT) -> tuple[int, str]:
        """Fetch a file, and copy it to a place where nothing is yet.

        Raises:
            Unreached: it cannot be had now.
            UsageError: nothing can be had any more.
        """
        if item.reason:
            return 0, item.reason
        handle = str(item.handle)
        if self._fetched is None or self._fetched[0] != handle:
            path = Path(self._folder.name) / "file"
            path.unlink(missing_ok=True)
            reason = self._fetch(handle, item, path, limit)
            if reason:
                return 0, reason
            self._fetched = handle, path
        return super().copy(item._replace(handle=str(self._fetched[1])), target, limit)

    def _fetch(self, handle: str, item: Item, path: Path, limit: int) -> str:
        self._fetched = None
        if handle in self._texts:
            path.write_text(self._texts[handle], "utf-8", "backslashreplace")
            return ""
        attachment = self._files[handle]
        if attachment.size is not None and attachment.size > limit:
            return f"it is larger than {limit >> 10:,} KiB"
        try:
            reason = self._api.download(attachment.url or "", path, limit, attachment.size)
        except Unclear as error:
            self._faults += 1
            if self._faults >= _FAULTS:
                raise UsageError(
                    f"{self._name}: {_FAULTS} files in a row could not be had, the last time "
                    f"because {error}. What came before is kept: type the same again later, it "
                    "goes on where it was."
                ) from None
            raise Unreached(f"{item.name} could not be had: {error}.") from None
        self._faults = 0
        return reason


def _safe(name: str, handle: str) -> str:
    """A name without what leads elsewhere; Canvas keeps whatever a student calls a file."""
    name = re.sub(r"[/\\\x00-\x1f\x7f]+", "_", name).strip()
    return name if name.strip("._ ") else f"file-{handle}"


def read_submissions(
    api: Api, course: int, assignment: records.Assignment
) -> list[records.Submission]:
    """What everybody handed in for an assignment, with all earlier attempts.

    Raises:
        UsageError: they cannot be had, or Canvas hides whose they are.
    """
    if assignment.anonymize_students:
        raise UsageError(
            f"{assignment.label} is graded anonymously, so Canvas does not say whose is what. "
            "Post its grades, or switch that off in Canvas."
        )
    what = f"the submissions for {assignment.label}"
    path = f"courses/{course}/assignments/{assignment.id}/submissions"
    return list(api.list(path, records.Submission, what, include=["submission_history"]))


def hand_ins(
    tree: Downloads,
    room: Room,
    assignment: records.Assignment,
    unit: str | None,
    submissions: Iterable[records.Submission],
) -> Iterator[HandIn]:
    """What was handed in for an assignment; a group's work is one hand-in of all its members."""
    together: dict[str, list[tuple[int, records.Submission]]] = {}
    for submission in submissions:
        own: set[str] = set()
        for attempt in submission.submission_history or [submission]:
            user = submission.user_id
            if user is None or attempt.submitted_at is None:
                continue
            key = "+".join(str(each.id) for each in attempt.attachments or ())
            key = key or f"assignment {assignment.id} user {user}"
            if key in own or not attempt.attachments:  # the same uploads, handed in again
                key += f" attempt {attempt.attempt}"
            own.add(key)
            together.setdefault(key, []).append((user, attempt))
    for ref, attempts in together.items():
        attempts.sort(key=lambda each: each[0])
        yield _hand_in(tree, room, unit, ref, attempts)


def _hand_in(
    tree: Downloads,
    room: Room,
    unit: str | None,
    ref: str,
    attempts: list[tuple[int, records.Submission]],
) -> HandIn:
    user, attempt = attempts[0]
    uploads = attempt.attachments or []
    files = [tree.file(each) for each in uploads]
    problems = []
    entry = f"{user}_{uploads[0].id}_{files[0].parts[0]}" if uploads else f"{user}_text.html"
    if not uploads:
        kind = attempt.submission_type or ""
        problems.append(_OTHER.get(kind, "There is no file in it."))
        if kind == "online_text_entry":
            files.append(tree.text("text.html", attempt.body or "", ref))
        elif kind == "online_url":
            files.append(tree.text("link.html", attempt.url or "", ref))
            entry = f"{user}_link.html"
    name = _zipped_name(room, user)
    late = "LATE_" if attempt.late else ""
    return HandIn(
        zipped.SOURCE,
        tree.origin(f"{name}{late}{entry}"),
        tuple(_identity(room, member) for member, _ in attempts),
        [(item.parts, item) for item in files],
        ref=ref,
        order=max((each.id for each in uploads), default=0),
        number=attempt.attempt,
        at=attempt.submitted_at,
        late=attempt.late,
        unit=unit,
        problems=problems,
    )


def _identity(room: Room, user: int) -> Identity:
    known = room.students.get(user)
    name = (known.name or "") if known is not None else ""
    return Identity(f"{name} ({user})".strip(), {"canvas": str(user)}, name)


def _zipped_name(room: Room, user: int) -> str:
    """What a student's files are called by in Canvas's zip: the sortable name's letters."""
    known = room.students.get(user)
    name = (known.sortable_name or known.name or "") if known is not None else ""
    plain = "".join(re.findall(r"\w", name.lower()))
    return f"{plain}_" if plain else ""
