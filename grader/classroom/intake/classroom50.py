"""Clones of Classroom 50 (or GitHub Classroom) repositories, one folder a student.

    la-vectors-jdoe/…, with .git           CLASSROOM-ASSIGNMENT-USERNAME

Nothing of git is run in a student's clone: its configuration could start programs. Its tags, its
branch and its last commit are read as files; a commit that lies in a pack is asked of git in an
empty repository of our own. The time is that of the tag `submit/UTC-SHA` of the commit that is
checked out, else the commit's; the student's own machine writes it. From Classroom 50's schemas and
wiki (2026).
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Item, Tree
from grader.classroom.times import read_time

__all__ = ["SOURCE", "hand_ins", "recognises"]

SOURCE = "classroom50"
_SCHEMA = "classroom50/result/"
_SHA = re.compile(r"[0-9a-f]{40}")
_TAG = re.compile(r"refs/tags/submit/([0-9TZ:-]+)-([0-9a-f]{6,40})")
_COMMITTER = re.compile(rb"^committer .*> (\d{1,12}) ([+-]\d{4})$", re.MULTILINE)
#: Bytes of git's small files, and of one commit.
_LIMIT = 4 << 20
_SECONDS = 20


class _Result(msgspec.Struct):
    """What of result.json tells whose it is."""

    schema: str
    owner: str = ""
    datetime: str = ""
    submission: str = ""


def recognises(tree: Tree, known: Known) -> bool:
    """Whether it holds clones, or folders with Classroom 50's result.json."""
    tops = {item.parts[0] for item in tree.items if item.parts}
    if sum(len(clone) == 1 for clone in tree.clones) * 2 > len(tops):
        return True
    if () in tree.clones:  # one clone, unless a class is kept in a repository of its own
        stems = {top.removesuffix(".py") for top in tops}
        return bool(stems & (known.exercises | known.units | {"exercises"}))
    return any(_result(tree, item) for item in tree.items if _is_result(item))


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """What is checked out in each clone."""
    found: dict[str, list[Item]] = {}
    is_one = () in tree.clones and not any(len(clone) == 1 for clone in tree.clones)
    for item in tree.items:
        if len(item.parts) < 2 and not is_one:
            yield HandIn(SOURCE, tree.origin(item.name), (), [((), item)])
        else:
            found.setdefault(tree.name if is_one else item.parts[0], []).append(item)
    for clone in (clone for clone in tree.clones if bool(clone) != is_one):
        found.setdefault(clone[0] if clone else tree.name, [])
    owners = _owners(list(found), known)
    for name, items in found.items():
        result = next((r for i in items if _is_result(i) and (r := _result(tree, i))), None)
        owner = (result.owner if result else "") or owners[name]
        folder = tree.path if is_one else tree.path / name
        sha, at = _checked_out(folder / ".git") if tree.is_folder else ("", None)
        if at is None and result is not None:
            at = read_time(result.datetime)
        depth = 0 if is_one else 1
        yield HandIn(
            SOURCE,
            tree.origin(name),
            (Identity(name, {"github": owner} if owner else {}, word=owner or name),),
            [(item.parts[depth:], item) for item in items if not _is_result(item)],
            ref=sha or (result.submission if result else ""),
            at=at,
            notes=[],
            problems=[] if at else ["Its last commit cannot be read, so it has no time."],
        )


def _is_result(item: Item) -> bool:
    return len(item.parts) <= 2 and item.parts[-1:] == ("result.json",)


def _result(tree: Tree, item: Item) -> _Result | None:
    with suppress(msgspec.MsgspecError):
        result = msgspec.json.decode(tree.read(item, _LIMIT) or b"", type=_Result)
        return result if result.schema.startswith(_SCHEMA) else None
    return None


def _owners(names: list[str], known: Known) -> dict[str, str]:
    """The user at the end of each repository's name: whom the class knows, else what follows the
    beginning that all names share.
    """
    first, last = (min(names), max(names)) if len(names) > 1 else ("", "")
    same = (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    shared = first[: next(same, min(len(first), len(last)))]
    shared = shared[: shared.rfind("-") + 1]
    owners = {}
    for name in names:
        ends = [name[at + 1 :] for at, letter in enumerate(name) if letter == "-"]
        owner = next((end for end in ends if known.has("github", end)), "")
        owners[name] = owner or (name.removeprefix(shared) if shared else "")
    return owners


# --- git, without running anything in the clone -------------------------------------------------


def _checked_out(git: Path) -> tuple[str, datetime.datetime | None]:
    """The commit that is checked out, and its time."""
    refs = _refs(git)
    head = _text(git / "HEAD").strip()
    name = head.removeprefix("ref: ")
    sha = head if _SHA.fullmatch(head) else _text(git / name).strip() if _is_ref(name) else ""
    if not _SHA.fullmatch(sha):
        sha = refs.get(name, "")
    if not sha:
        return "", None
    for tag in refs:
        found = _TAG.fullmatch(tag)
        if found and sha.startswith(found[2]):
            at = read_time(found[1])
            if at is not None:
                return sha, at
    found_in = _COMMITTER.search(_commit(git, sha).partition(b"\n\n")[0])
    if found_in is None:
        return sha, None
    offset = datetime.timedelta(hours=int(found_in[2][1:3]), minutes=int(found_in[2][3:]))
    with suppress(ValueError, OverflowError):
        zone = datetime.timezone(-offset if found_in[2][:1] == b"-" else offset)
        return sha, datetime.datetime.fromtimestamp(int(found_in[1]), zone)
    return sha, None


def _is_ref(name: str) -> bool:
    return re.fullmatch(r"refs/[\w./-]{1,200}", name) is not None and ".." not in name


def _refs(git: Path) -> dict[str, str]:
    """Branches and tags, packed or not: name -> what they point at."""
    refs = {}
    for line in _text(git / "packed-refs").splitlines():
        sha, _, name = line.partition(" ")
        if _SHA.fullmatch(sha):
            refs[name] = sha
    folder = git / "refs" / "tags" / "submit"
    if folder.is_dir() and not folder.is_symlink():
        for path in sorted(folder.iterdir())[:10_000]:
            refs[f"refs/tags/submit/{path.name}"] = ""
    return refs


def _text(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(_LIMIT).decode("utf-8", "replace")


def _commit(git: Path, sha: str) -> bytes:
    """A commit's text: from its own file, else from a pack."""
    path = git / "objects" / sha[:2] / sha[2:]
    if path.is_file() and not path.is_symlink():
        with path.open("rb") as file, suppress(zlib.error):
            data = zlib.decompressobj().decompress(file.read(_LIMIT), _LIMIT)
            return data.partition(b"\0")[2] if data.startswith(b"commit ") else b""
    with tempfile.TemporaryDirectory(prefix="wxb-") as place:
        empty = Path(place)
        (empty / "refs").mkdir()
        (empty / "objects" / "info").mkdir(parents=True)
        (empty / "HEAD").write_text("ref: refs/heads/none\n", "utf-8")
        objects = os.fsencode((git / "objects").resolve())
        (empty / "objects" / "info" / "alternates").write_bytes(objects + b"\n")
        clean = {"PATH": os.environ.get("PATH", ""), "GIT_CONFIG_NOSYSTEM": "1", "HOME": place}
        with suppress(OSError, subprocess.SubprocessError):
            ran = subprocess.run(
                ["git", "--git-dir", place, "cat-file", "commit", sha],
                env=clean, cwd=place, capture_output=True, timeout=_SECONDS, check=True,
            )  # fmt: skip
            return ran.stdout[:_LIMIT]
    return b""
