"""The export of a Gradescope assignment, zipped or unpacked.

    assignment_77_export/submission_metadata.yml
    assignment_77_export/submission_5001/magnitude.py

The metadata names each submission's folder, with `:submitters` (`:name`, `:sid`, `:email`),
`:created_at` and `:history`; some tools write the keys without their first colon. It is read as
plain texts: no tag in it makes an object. Gradescope publishes no description; this follows what
readers of such files agree on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from grader.classroom.intake.handin import HandIn, Identity, Known
from grader.classroom.intake.tree import Item, Tree
from grader.classroom.times import read_time
from grader.errors import UsageError

__all__ = ["SOURCE", "hand_ins", "recognises"]

SOURCE = "gradescope"
_METADATA = "submission_metadata.yml"
#: Bytes of the metadata: results of tests are in it, for each attempt.
_LIMIT = 256 << 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def recognises(tree: Tree, known: Known) -> bool:
    """Whether the metadata is in it, at the top or in one folder."""
    return _metadata(tree) is not None


def hand_ins(tree: Tree, known: Known) -> Iterator[HandIn]:
    """What each submitter, or group of them, handed in.

    Raises:
        UsageError: the metadata is not there, or cannot be read.
    """
    item = _metadata(tree)
    if item is None:
        raise UsageError(f"{tree.path}: there is no {_METADATA} in it, so it is no export")
    described = _described(tree, item)
    base = item.parts[:-1]
    depth = len(base)
    files: dict[str, list[Item]] = {}
    for other in tree.items:
        if other is item:
            continue
        if other.parts[:depth] == base and len(other.parts) > depth:
            files.setdefault(other.parts[depth], []).append(other)
        else:
            yield HandIn(SOURCE, tree.origin(other.name), (), [((), other)])
    for key, entry in described.items():
        found = files.pop(key, [])
        yield _hand_in(tree, key, entry, [(i.parts[depth + 1 :] or (key,), i) for i in found])
    for key, others in files.items():
        yield HandIn(
            SOURCE,
            tree.origin(key),
            (Identity(key),),
            [(other.parts[depth + 1 :] or (key,), other) for other in others],
            problems=[f"{_METADATA} does not say whose it is."],
        )


def _metadata(tree: Tree) -> Item | None:
    places = (i for i in tree.items if i.parts and i.parts[-1] == _METADATA and len(i.parts) <= 2)
    return min(places, key=lambda item: len(item.parts), default=None)


def _described(tree: Tree, item: Item) -> dict[str, dict[str, Any]]:
    data = tree.read(item, _LIMIT)
    try:
        content = yaml.load(data or b"", Loader=_LOADER)
    except (yaml.YAMLError, UnicodeError, RecursionError, ValueError) as error:
        where = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise UsageError(
            f"{tree.path}: {item.name}:{where}: it is not the YAML that Gradescope writes; "
            "export the submissions again"
        ) from None
    if not isinstance(content, dict):
        raise UsageError(f"{tree.path}: {item.name}: it describes no submissions")
    return {str(key): entry for key, entry in content.items() if isinstance(entry, dict)}


def _hand_in(
    tree: Tree, key: str, entry: dict[str, Any], files: list[tuple[tuple[str, ...], Item]]
) -> HandIn:
    who = []
    for submitter in _listed(_value(entry, "submitters")):
        name, sid, email = (_text(submitter, word) for word in ("name", "sid", "email"))
        aliases = {"sis": sid, "email": email.casefold()}
        filled = {system: value for system, value in aliases.items() if value}
        who.append(Identity(name or email or sid or key, filled, name))
    created = _text(entry, "created_at")
    at = read_time(created) if created else None
    history = _listed(_value(entry, "history"))
    return HandIn(
        SOURCE,
        tree.origin(key),
        tuple(who) or (Identity(key),),
        files,
        ref=key,
        number=len(history) + 1 if history else None,
        at=at,
        notes=[],
        problems=[] if at else ["Its time cannot be read."] if created else [],
    )


def _value(entry: dict[str, Any], word: str) -> Any:
    return entry.get(f":{word}", entry.get(word))


def _listed(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(entry: dict[str, Any], word: str) -> str:
    value = _value(entry, word)
    return value.strip() if isinstance(value, str) and value not in ("~", "null") else ""
