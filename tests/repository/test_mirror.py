"""tests/grader/ mirrors grader/: who opens a module knows where its tests are."""

from __future__ import annotations

from support.places import ROOT

#: Tests of more than one module, each with the reason why it is not split.
WHOLE = {
    "test_breakdowns.py": "what breaks in one process and is told by another",
    "test_fuzz.py": "every entrance of the product, with any bytes",
    "test_handout.py": "from the release of a course to marks in its handout",
    "test_library.py": "what a script, a thread and an event loop see of it",
    "test_messages.py": "whole verdicts as a student of another course reads them",
    "test_notebooks.py": "from a notebook's file to marks",
    "test_submissions.py": "the corpus in tests/submissions, through everything",
    "judge/test_at_once.py": "questions put at once, through recollection, session and worker",
    "sandbox/test_several.py": "the same between session and worker, and what a worker may say",
    "sandbox/wire/test_codec.py": "encoder and decoder: what one writes is what the other reads",
}


def mirrored(name: str) -> bool:
    """Whether `room/test_x.py`, or `room/test_x_aspect.py`, has its module `room/x.py`."""
    room, _, file = name.rpartition("/")
    words = file.removeprefix("test_").removesuffix(".py").split("_")
    names = ("_".join(words[:end]) for end in range(1, len(words) + 1))
    return any((ROOT / "grader" / room / f"{name}.py").is_file() for name in names)


def test_every_test_has_its_module_or_a_reason() -> None:
    folder = ROOT / "tests" / "grader"
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("test_*.py")}
    assert len(found) > 60
    assert {name for name in found if not mirrored(name)} == WHOLE.keys()
